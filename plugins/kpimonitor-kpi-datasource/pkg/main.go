// Command gpx_kpimonitor_kpi_datasource is the backend of the data source: Grafana starts it and speaks gRPC with it.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	"github.com/kpi-monitor/kpi-monitor/plugins/kpimonitor-kpi-datasource/pkg/plugin"
)

func main() {
	if err := datasource.Manage("kpimonitor-kpi-datasource", plugin.NewDatasource, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("the data source cannot be served", "error", err)
		os.Exit(1)
	}
}
