package plugin

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// question is the body of `POST /api/ds/query`. Each query carries its own range, since those of an alert rule differ.
type question struct {
	Queries []map[string]any `json:"queries"`
}

// reply is its answer. It is decoded here and not by the SDK, which refuses fields that it does not know.
type reply struct {
	Results map[string]struct {
		Status      int         `json:"status"`
		Error       string      `json:"error"`
		ErrorSource string      `json:"errorSource"`
		Frames      data.Frames `json:"frames"`
	} `json:"results"`
}

// QueryData puts all queries into one request to the engine.
func (d *Datasource) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	response := backend.NewQueryDataResponse()
	if err := d.ask(ctx, req.PluginContext.User, req.Queries, response.Responses); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		for _, query := range req.Queries {
			response.Responses[query.RefID] = refused(asFault(err))
		}
	}
	return response, nil
}

func (d *Datasource) ask(ctx context.Context, user *backend.User, queries []backend.DataQuery, into backend.Responses) error {
	if d.fault != nil {
		return d.fault
	}
	body, err := questionOf(queries)
	if err != nil {
		return err
	}
	answered, err := d.engine.do(ctx, call{
		method: http.MethodPost,
		path:   "/api/ds/query",
		header: http.Header{"Content-Type": {"application/json"}},
		body:   body,
		user:   user,
	})
	if err != nil {
		return err
	}
	var said reply
	// A request all of whose queries failed comes with an error status and with results all the same.
	if err := json.Unmarshal(answered.body, &said); err != nil || said.Results == nil {
		return d.engine.refusal(answered)
	}
	for _, query := range queries {
		result, ok := said.Results[query.RefID]
		if !ok {
			into[query.RefID] = refused(&fault{
				code:   "ENGINE_ANSWER",
				status: backend.StatusBadGateway,
				text:   "the KPI engine left query " + query.RefID + " without an answer",
			})
			continue
		}
		if result.Error != "" {
			into[query.RefID] = backend.ErrDataResponseWithSource(
				backend.Status(result.Status), sourceOf(result.ErrorSource), result.Error)
			continue
		}
		into[query.RefID] = backend.DataResponse{Status: backend.StatusOK, Frames: result.Frames}
	}
	return nil
}

func refused(f *fault) backend.DataResponse {
	return backend.DataResponse{Error: f, Status: f.status, ErrorSource: backend.ErrorSourceDownstream}
}

func sourceOf(text string) backend.ErrorSource {
	if text == string(backend.ErrorSourcePlugin) {
		return backend.ErrorSourcePlugin
	}
	return backend.ErrorSourceDownstream
}

// questionOf writes the queries as they were saved, with what Grafana states beside them.
func questionOf(queries []backend.DataQuery) ([]byte, error) {
	asked := question{Queries: make([]map[string]any, len(queries))}
	for i, query := range queries {
		saved := map[string]json.RawMessage{}
		if err := json.Unmarshal(query.JSON, &saved); err != nil {
			return nil, &fault{
				code:   "QUERY_INVALID",
				status: backend.StatusBadRequest,
				text:   "query " + query.RefID + " is not a JSON object",
				cause:  err,
			}
		}
		asked.Queries[i] = map[string]any{}
		for key, value := range saved {
			asked.Queries[i][key] = value
		}
		asked.Queries[i]["refId"] = query.RefID
		asked.Queries[i]["from"] = millis(query.TimeRange.From)
		asked.Queries[i]["to"] = millis(query.TimeRange.To)
		// The SDK gives 0 where Grafana gave none.
		if query.Interval > 0 {
			asked.Queries[i]["intervalMs"] = query.Interval.Milliseconds()
		}
		if query.MaxDataPoints > 0 {
			asked.Queries[i]["maxDataPoints"] = query.MaxDataPoints
		}
	}
	return json.Marshal(asked)
}

// millis writes a time as the engine reads it: epoch milliseconds as text.
func millis(at time.Time) string {
	return strconv.FormatInt(at.UnixMilli(), 10)
}
