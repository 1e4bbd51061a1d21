// Package plugin carries Grafana's questions to the KPI engine and its answers back. It knows no KPI and computes
// nothing: what a number means is decided in one place, the engine.
package plugin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
)

// Datasource is one configured data source. Grafana makes a new one whenever its settings change.
type Datasource struct {
	engine *engine
	// fault says what is wrong with the settings; every call then answers with it, so that a page shows it.
	fault error
}

var (
	_ backend.QueryDataHandler      = (*Datasource)(nil)
	_ backend.CheckHealthHandler    = (*Datasource)(nil)
	_ backend.CallResourceHandler   = (*Datasource)(nil)
	_ instancemgmt.InstanceDisposer = (*Datasource)(nil)
)

// NewDatasource reads the settings: the engine's address is the data source's URL, the token its secret `token`.
func NewDatasource(ctx context.Context, settings backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	address, err := engineAddress(settings.URL)
	if err != nil {
		return &Datasource{fault: err}, nil
	}
	options, err := settings.HTTPClientOptions(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the HTTP settings: %w", err)
	}
	// A redirect would carry the token to wherever it points.
	options.ConfigureClient = func(_ httpclient.Options, client *http.Client) {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	client, err := httpclient.New(options)
	if err != nil {
		return nil, fmt.Errorf("making the HTTP client: %w", err)
	}
	token := strings.TrimSpace(settings.DecryptedSecureJSONData["token"])
	return &Datasource{engine: &engine{address: address, token: token, client: client}}, nil
}

// Dispose closes what the instance keeps open.
func (d *Datasource) Dispose() {
	if d.engine != nil {
		d.engine.client.CloseIdleConnections()
	}
}

func engineAddress(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, &fault{
			code:   "ENGINE_ADDRESS",
			status: backend.StatusBadRequest,
			text:   "the data source has no engine URL; set it in the data source's settings, e.g. http://127.0.0.1:8484",
		}
	}
	address, err := url.Parse(text)
	if err != nil || (address.Scheme != "http" && address.Scheme != "https") || address.Host == "" || address.User != nil {
		// The text is not repeated: it may hold a password.
		return nil, &fault{
			code:   "ENGINE_ADDRESS",
			status: backend.StatusBadRequest,
			text:   "the engine URL in the data source's settings is not of the form http://host:port, without user or password",
		}
	}
	return address, nil
}
