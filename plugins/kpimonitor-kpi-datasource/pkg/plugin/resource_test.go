package plugin

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestAResourceIsForwarded(t *testing.T) {
	d, requests := listening(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"7"`)
		w.Header().Set("Set-Cookie", "a=b")
		answering(200, `["North"]`)(w, r)
	})
	got := fetch(t, d, &backend.CallResourceRequest{
		PluginContext: viewer,
		Method:        "GET",
		Path:          "dimensions/sales area/members",
		URL:           "dimensions/sales%20area/members?kpis=revenue,profit",
		Headers:       map[string][]string{"Cookie": {"grafana_session=x"}, "If-None-Match": {`"6"`}, "X-Kpi-Role": {"Admin"}},
	})
	if got.Status != 200 || string(got.Body) != `["North"]` || got.Headers["Etag"][0] != `"7"` || got.Headers["Set-Cookie"] != nil {
		t.Errorf("answered %+v", got)
	}
	asked := (*requests)[0]
	if asked.method != "GET" || asked.uri != "/api/dimensions/sales%20area/members?kpis=revenue,profit" {
		t.Errorf("asked %s %s", asked.method, asked.uri)
	}
	if asked.header.Get("Cookie") != "" || asked.header.Get("If-None-Match") != `"6"` || asked.header.Get("X-Kpi-Role") != "Viewer" ||
		asked.header.Get("Authorization") != "Bearer "+secret {
		t.Errorf("headers %v", asked.header)
	}
}

func TestAChangeCarriesItsBody(t *testing.T) {
	d, requests := listening(t, answering(201, `{}`))
	fetch(t, d, &backend.CallResourceRequest{
		PluginContext: viewer,
		Method:        "POST", Path: "notes", URL: "notes", Body: []byte(`{"text":"x"}`),
		Headers: map[string][]string{"content-type": {"application/json"}},
	})
	if asked := (*requests)[0]; asked.body != `{"text":"x"}` || asked.header.Get("Content-Type") != "application/json" {
		t.Errorf("sent %+v", asked)
	}
}

func TestEachKindOfChangeIsForwardedWithWhoMakesIt(t *testing.T) {
	editor := backend.PluginContext{User: &backend.User{Login: "ann lee@example.com", Role: "Editor"}}
	for _, method := range []string{"PUT", "POST", "DELETE"} {
		d, requests := listening(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Etag", `"8"`)
			answering(200, `{"revision":8}`)(w, r)
		})
		got := fetch(t, d, &backend.CallResourceRequest{
			PluginContext: editor,
			Method:        method, Path: "kpis/revenue/judgement", URL: "kpis/revenue/judgement",
			Body:    []byte(`{"target":3,"from":"2026-11-01","reason":"why"}`),
			Headers: map[string][]string{"Content-Type": {"application/json"}, "If-Match": {`"7"`}, "X-Kpi-User": {"root"}, "X-Kpi-Role": {"Admin"}},
		})
		if got.Status != 200 || string(got.Body) != `{"revision":8}` || got.Headers["Etag"][0] != `"8"` {
			t.Errorf("%s answered %+v", method, got)
		}
		asked := (*requests)[0]
		if asked.method != method || asked.uri != "/api/kpis/revenue/judgement" || asked.body != `{"target":3,"from":"2026-11-01","reason":"why"}` {
			t.Errorf("%s sent %+v", method, asked)
		}
		if asked.header.Get("If-Match") != `"7"` || asked.header.Get("X-Kpi-User") != "ann%20lee@example.com" || asked.header.Get("X-Kpi-Role") != "Editor" {
			t.Errorf("%s headers %v", method, asked.header)
		}
	}
}

func TestAConflictComesBackWithWhatWasChanged(t *testing.T) {
	said := `{"code":"KPI_EDIT_CONFLICT","details":{"edit":{"user":"grace"},"revision":8},"message":"grace was first"}`
	d, _ := listening(t, answering(409, said))
	got := fetch(t, d, &backend.CallResourceRequest{PluginContext: viewer, Method: "PUT", Path: "kpis/revenue/judgement", URL: "kpis/revenue/judgement"})
	if got.Status != 409 || string(got.Body) != said {
		t.Errorf("answered %d %s", got.Status, got.Body)
	}
}

func TestNoResourceOutsideOfTheAPI(t *testing.T) {
	d, requests := listening(t, answering(200, `{}`))
	for path, address := range map[string]string{
		"../metrics":           "../metrics",
		"dimensions/../../x":   "dimensions/%2e%2e/%2e%2e/x",
		"..":                   "",
		"":                     "",
		"catalogue/../../docs": "catalogue/../../docs",
	} {
		got := fetch(t, d, &backend.CallResourceRequest{Method: "GET", Path: path, URL: address})
		if got.Status != 404 || !strings.Contains(string(got.Body), "NOT_FOUND") {
			t.Errorf("%q answered %d %s", path, got.Status, got.Body)
		}
	}
	if len(*requests) != 0 {
		t.Errorf("the engine was asked %v", *requests)
	}
}

func TestAResourceThatFailsSaysWhy(t *testing.T) {
	gone, _ := listening(t, answering(502, `<html>`))
	refusing, _ := listening(t, answering(403, `{"code":"ACCESS_SCOPE","message":"needs write","details":{}}`))
	for _, c := range []struct {
		asked  *Datasource
		status int
		says   string
	}{
		{datasource(t, "http://127.0.0.1:1"), 502, "ENGINE_UNREACHABLE"},
		{gone, 502, "ENGINE_ANSWER"},
		{refusing, 403, "ACCESS_SCOPE"},
		{datasource(t, ""), 400, "ENGINE_ADDRESS"},
	} {
		got := fetch(t, c.asked, &backend.CallResourceRequest{PluginContext: viewer, Method: "GET", Path: "catalogue", URL: "catalogue"})
		if got.Status != c.status || !strings.Contains(string(got.Body), c.says) {
			t.Errorf("answered %d %s, want %d %s", got.Status, got.Body, c.status, c.says)
		}
	}
}

func fetch(t *testing.T, d *Datasource, req *backend.CallResourceRequest) *backend.CallResourceResponse {
	t.Helper()
	var got *backend.CallResourceResponse
	err := d.CallResource(context.Background(), req, backend.CallResourceResponseSenderFunc(
		func(res *backend.CallResourceResponse) error { got = res; return nil }))
	if err != nil {
		t.Fatal(err)
	}
	return got
}
