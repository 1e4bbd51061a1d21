package plugin

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// A frame as the engine writes it: steps of the lowest double, of zero and above, and meta of its own.
const frame = `{
  "schema": {
    "name": "cash_flow",
    "meta": {"type": "timeseries-multi", "typeVersion": [0, 1], "custom": {"answer": "series", "asOf": 5, "zone": "UTC"},
             "notices": [{"severity": "info", "text": "demo data"}]},
    "fields": [
      {"name": "time", "type": "time", "typeInfo": {"frame": "time.Time"}},
      {"name": "value", "type": "number", "typeInfo": {"frame": "float64", "nullable": true},
       "labels": {"kpi": "cash_flow", "category": "financial"},
       "config": {"displayName": "Cash flow", "unit": "currency:financial:$", "decimals": 0,
                  "color": {"mode": "thresholds"},
                  "mappings": [{"type": "value", "options": {"2": {"text": "Critical", "color": "red", "index": 2}}}],
                  "links": [{"title": "Detail", "url": "/d/kpi-detail?var-kpi=cash_flow"}],
                  "custom": {"target": 500000},
                  "thresholds": {"mode": "absolute", "steps": [
                    {"value": -1.7976931348623157e308, "color": "red"},
                    {"value": 0, "color": "orange"},
                    {"value": 100000.00000000001, "color": "green"}]}}},
      {"name": "spark", "type": "other", "typeInfo": {"frame": "json.RawMessage", "nullable": true}}
    ]
  },
  "data": {"values": [[1767225600000, 1767312000000], [-3.5, null], [{"times": [1], "values": [null]}, null]]}
}`

func TestQueriesGoTogetherEachWithItsRange(t *testing.T) {
	d, requests := listening(t, answering(200, `{"results":{"A":{"status":200,"frames":[]},"B":{"status":200,"frames":[]}}}`))
	response, err := d.QueryData(context.Background(), &backend.QueryDataRequest{
		PluginContext: viewer,
		Queries: []backend.DataQuery{
			query("A", `{"v":1,"type":"status","select":{}}`, 30),
			query("B", `{"v":1,"type":"series","select":{"kpis":["revenue"]},"refId":"stale","datasource":{"uid":"kpi"}}`, 365),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(*requests) != 1 || len(response.Responses) != 2 {
		t.Fatalf("%d requests and %d answers, want 1 and 2", len(*requests), len(response.Responses))
	}
	sent := (*requests)[0]
	if sent.method != "POST" || sent.uri != "/api/ds/query" {
		t.Errorf("asked %s %s", sent.method, sent.uri)
	}
	var asked struct{ Queries []map[string]any }
	if err := json.Unmarshal([]byte(sent.body), &asked); err != nil || len(asked.Queries) != 2 {
		t.Fatalf("%v: %s", err, sent.body)
	}
	to := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	for i, days := range []int{30, 365} {
		if q := asked.Queries[i]; q["from"] != millis(to.AddDate(0, 0, -days)) || q["to"] != millis(to) {
			t.Errorf("query %d is for %v to %v", i, q["from"], q["to"])
		}
	}
	b := asked.Queries[1]
	if b["refId"] != "B" || b["intervalMs"] != 3600000.0 || b["maxDataPoints"] != 500.0 || b["type"] != "series" {
		t.Errorf("query B became %v", b)
	}
}

func TestTokenUserAndRoleAreStated(t *testing.T) {
	d, requests := listening(t, answering(200, `{"results":{"A":{"status":200,"frames":[]}}}`))
	ask(t, d, query("A", `{}`, 30))
	header := (*requests)[0].header
	for name, want := range map[string]string{
		"Authorization": "Bearer " + secret,
		"X-Kpi-User":    "ann%20lee@example.com",
		"X-Kpi-Role":    "Viewer",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestNobodyIsStatedForAPublicDashboard(t *testing.T) {
	d, requests := listening(t, answering(200, `{"results":{"A":{"status":200,"frames":[]}}}`))
	_, err := d.QueryData(context.Background(), &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{}`, 30)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, stated := (*requests)[0].header["X-Kpi-User"]; stated {
		t.Error("a user was stated")
	}
}

// What Grafana does with an answer: over gRPC as Arrow, then as JSON to the browser. The first step is the lowest double
// since the SDK turns null, and minus infinity, into zero on that way.
func TestFieldConfigReachesTheBrowser(t *testing.T) {
	d, _ := listening(t, answering(200, `{"results":{"A":{"status":200,"frames":[`+frame+`]}}}`))
	result := ask(t, d, query("A", `{}`, 30))
	if result.Error != nil {
		t.Fatal(result.Error)
	}
	arrow, err := result.Frames[0].MarshalArrow()
	if err != nil {
		t.Fatal(err)
	}
	inGrafana, err := data.UnmarshalArrowFrame(arrow)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(inGrafana)
	if err != nil {
		t.Fatal(err)
	}
	var seen struct {
		Schema struct {
			Meta   struct{ Custom map[string]any }
			Fields []struct {
				Labels map[string]string
				Config struct {
					DisplayName, Unit string
					Links             []any
					Custom            map[string]any
					Mappings          []any
					Thresholds        struct {
						Steps []struct {
							Value *float64
							Color string
						}
					}
				}
			}
		}
		Data struct{ Values [][]any }
	}
	if err := json.Unmarshal(raw, &seen); err != nil {
		t.Fatal(err)
	}
	value := seen.Schema.Fields[1]
	if value.Config.DisplayName != "Cash flow" || value.Config.Unit != "currency:financial:$" || value.Labels["kpi"] != "cash_flow" ||
		len(value.Config.Links) != 1 || len(value.Config.Mappings) != 1 || value.Config.Custom["target"] != 500000.0 {
		t.Errorf("the field config became %+v", value)
	}
	if seen.Schema.Meta.Custom["answer"] != "series" {
		t.Errorf("meta became %v", seen.Schema.Meta.Custom)
	}
	steps := value.Config.Thresholds.Steps
	for i, step := range steps {
		if step.Value == nil {
			t.Fatalf("step %d has lost its value: %s", i, raw)
		}
	}
	if *steps[0].Value != -math.MaxFloat64 || *steps[1].Value != 0 || *steps[2].Value != 100000.00000000001 {
		t.Errorf("the steps became %v %v %v", *steps[0].Value, *steps[1].Value, *steps[2].Value)
	}
	if seen.Data.Values[1][0] != -3.5 || seen.Data.Values[1][1] != nil {
		t.Errorf("the values became %v", seen.Data.Values[1])
	}
	if spark, ok := seen.Data.Values[2][0].(map[string]any); !ok || spark["times"] == nil {
		t.Errorf("the sparkline became %v", seen.Data.Values[2])
	}
}

func TestAnErrorKeepsItsTextStatusAndPlace(t *testing.T) {
	d, _ := listening(t, answering(400, `{"results":{
		"A":{"status":404,"error":"KPI_UNKNOWN: no KPI revenu","errorSource":"downstream","code":"KPI_UNKNOWN","details":{"near":["revenue"]}},
		"B":{"status":200,"frames":[`+frame+`]}}}`))
	response, err := d.QueryData(context.Background(), &backend.QueryDataRequest{
		PluginContext: viewer,
		Queries:       []backend.DataQuery{query("A", `{}`, 30), query("B", `{}`, 30), query("C", `{}`, 30)},
	})
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := response.Responses["A"], response.Responses["B"], response.Responses["C"]
	if a.Error == nil || a.Error.Error() != "KPI_UNKNOWN: no KPI revenu" || a.Status != 404 || a.ErrorSource != backend.ErrorSourceDownstream {
		t.Errorf("A: %+v", a)
	}
	if b.Error != nil || len(b.Frames) != 1 {
		t.Errorf("B: %+v", b)
	}
	if c.Error == nil || !strings.HasPrefix(c.Error.Error(), "ENGINE_ANSWER") {
		t.Errorf("C: %+v", c)
	}
}

func TestFaultsSayWhatToDoAndNeverTheToken(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	slow, _ := listening(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	refusing, _ := listening(t, answering(401, `{"code":"ACCESS_TOKEN","message":"the token is missing or wrong"}`))
	proxy, _ := listening(t, answering(503, `<html>no upstream</html>`))
	moved, _ := listening(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
	})
	broken, _ := listening(t, answering(200, `{"results":{"A":{"frames":[{"schema":`))

	for name, c := range map[string]struct {
		asked  *Datasource
		says   []string
		status backend.Status
	}{
		"gone":      {datasource(t, gone.URL), []string{"ENGINE_UNREACHABLE", gone.URL, "connection refused", "kpi run"}, 502},
		"slow":      {slow, []string{"ENGINE_UNREACHABLE", "did not answer in time"}, 504},
		"no such":   {datasource(t, "http://engine.invalid:8484"), []string{"ENGINE_UNREACHABLE", "engine.invalid"}, 502},
		"refusing":  {refusing, []string{"ACCESS_TOKEN: the token is missing or wrong"}, 401},
		"proxy":     {proxy, []string{"ENGINE_ANSWER", "503", "URL"}, 502},
		"moved":     {moved, []string{"ENGINE_ANSWER", "302"}, 502},
		"broken":    {broken, []string{"ENGINE_ANSWER"}, 502},
		"unset":     {datasource(t, " "), []string{"ENGINE_ADDRESS", "settings"}, 400},
		"file":      {datasource(t, "file:///etc/passwd"), []string{"ENGINE_ADDRESS"}, 400},
		"with user": {datasource(t, "http://me:"+secret+"@127.0.0.1:1"), []string{"ENGINE_ADDRESS"}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			result := ask(t, c.asked, query("A", `{}`, 30))
			if result.Error == nil {
				t.Fatal("no error")
			}
			text := result.Error.Error()
			for _, part := range c.says {
				if !strings.Contains(text, part) {
					t.Errorf("%q does not say %q", text, part)
				}
			}
			if strings.Contains(text, secret) {
				t.Errorf("%q tells the token", text)
			}
			if result.Status != c.status {
				t.Errorf("status %d, want %d", result.Status, c.status)
			}
		})
	}
}

func TestAQueryThatIsTooLargeIsNotSent(t *testing.T) {
	d, requests := listening(t, answering(200, `{"results":{}}`))
	large := bytes.Repeat([]byte("x"), maxRequest)
	result := ask(t, d, query("A", `{"text":"`+string(large)+`"}`, 30))
	if result.Error == nil || !strings.HasPrefix(result.Error.Error(), "QUERY_TOO_LARGE") || len(*requests) != 0 {
		t.Errorf("%v after %d requests", result.Error, len(*requests))
	}
}

func ask(t *testing.T, d *Datasource, q backend.DataQuery) backend.DataResponse {
	t.Helper()
	response, err := d.QueryData(context.Background(), &backend.QueryDataRequest{
		PluginContext: viewer,
		Queries:       []backend.DataQuery{q},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response.Responses[q.RefID]
}
