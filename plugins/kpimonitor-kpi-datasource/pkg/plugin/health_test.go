package plugin

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestHealth(t *testing.T) {
	well, requests := listening(t, answering(200, `{}`))
	wrongToken, _ := listening(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/health" {
			answering(200, `{}`)(w, r)
			return
		}
		answering(401, `{"code":"ACCESS_TOKEN","message":"the token is missing or wrong"}`)(w, r)
	})
	noStore, _ := listening(t, answering(503, `{"code":"STORE_UNREACHABLE","message":"influxdb does not answer"}`))
	website, _ := listening(t, answering(200, `<html>`))

	for name, c := range map[string]struct {
		asked  *Datasource
		status backend.HealthStatus
		says   string
	}{
		"well":        {well, backend.HealthStatusOk, "accepts the token"},
		"wrong token": {wrongToken, backend.HealthStatusError, "ACCESS_TOKEN"},
		"no store":    {noStore, backend.HealthStatusError, "STORE_UNREACHABLE: influxdb does not answer"},
		"a website":   {website, backend.HealthStatusError, "ENGINE_ANSWER"},
		"gone":        {datasource(t, "http://127.0.0.1:1"), backend.HealthStatusError, "ENGINE_UNREACHABLE"},
		"unset":       {datasource(t, ""), backend.HealthStatusError, "ENGINE_ADDRESS"},
	} {
		got, err := c.asked.CheckHealth(context.Background(), &backend.CheckHealthRequest{PluginContext: viewer})
		if err != nil || got.Status != c.status || !strings.Contains(got.Message, c.says) {
			t.Errorf("%s: %v %v, want %v %q", name, got, err, c.status, c.says)
		}
	}
	if len(*requests) != 2 || (*requests)[1].header.Get("Authorization") != "Bearer "+secret {
		t.Errorf("asked %v", *requests)
	}
}
