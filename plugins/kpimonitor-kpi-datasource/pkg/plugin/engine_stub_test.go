package plugin

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const secret = "s3cret-token"

// seen is one request as the engine got it.
type seen struct {
	method string
	uri    string
	header http.Header
	body   string
}

// listening is an HTTP server in the engine's place that answers with what it is given.
func listening(t *testing.T, handle http.HandlerFunc) (*Datasource, *[]seen) {
	t.Helper()
	requests := &[]seen{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*requests = append(*requests, seen{r.Method, r.RequestURI, r.Header, string(body)})
		handle(w, r)
	}))
	t.Cleanup(server.Close)
	return datasource(t, server.URL), requests
}

func datasource(t *testing.T, address string) *Datasource {
	t.Helper()
	instance, err := NewDatasource(context.Background(), backend.DataSourceInstanceSettings{
		URL:                     address,
		JSONData:                json.RawMessage(`{"timeout": 1}`),
		DecryptedSecureJSONData: map[string]string{"token": secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := instance.(*Datasource)
	t.Cleanup(d.Dispose)
	return d
}

func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

var viewer = backend.PluginContext{User: &backend.User{Login: "ann lee@example.com", Role: "Viewer"}}

func query(refID, model string, days int) backend.DataQuery {
	to := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	return backend.DataQuery{
		RefID:         refID,
		JSON:          json.RawMessage(model),
		Interval:      time.Hour,
		MaxDataPoints: 500,
		TimeRange:     backend.TimeRange{From: to.AddDate(0, 0, -days), To: to},
	}
}
