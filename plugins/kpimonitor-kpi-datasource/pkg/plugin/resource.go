package plugin

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// Headers that go through, by direction; the others, cookies above all, are not the engine's business.
var (
	requestHeaders = []string{"Content-Type", "If-Match", "If-None-Match", "Accept-Language"}
	answerHeaders  = []string{"Content-Type", "Etag"}
)

// CallResource forwards to {engine}/api/<path>. Whether the user may is the engine's decision.
func (d *Datasource) CallResource(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	answered, err := d.forward(ctx, req)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		f := asFault(err)
		return sender.Send(&backend.CallResourceResponse{
			Status:  int(f.status),
			Headers: map[string][]string{"Content-Type": {"application/json"}},
			Body:    f.body(),
		})
	}
	return sender.Send(&backend.CallResourceResponse{
		Status:  answered.status,
		Headers: pick(answered.header, answerHeaders),
		Body:    answered.body,
	})
}

func (d *Datasource) forward(ctx context.Context, req *backend.CallResourceRequest) (*answer, error) {
	if d.fault != nil {
		return nil, d.fault
	}
	asked, err := url.Parse(req.URL)
	if err != nil {
		return nil, notFound(req.Path)
	}
	// Grafana hands the path over unescaped; the URL still knows which slash separates and which belongs to a name.
	escaped := asked.EscapedPath()
	if escaped == "" {
		escaped = (&url.URL{Path: req.Path}).EscapedPath()
	}
	clean := path.Clean("/" + escaped)
	if clean != "/"+strings.Trim(escaped, "/") || clean == "/" || hasDots(req.Path) {
		return nil, notFound(req.Path)
	}
	answered, err := d.engine.do(ctx, call{
		method: req.Method,
		path:   "/api" + clean,
		query:  asked.RawQuery,
		header: pick(req.GetHTTPHeaders(), requestHeaders),
		body:   req.Body,
		user:   req.PluginContext.User,
	})
	if err != nil {
		return nil, err
	}
	if answered.status >= http.StatusMultipleChoices && answered.status != http.StatusNotModified {
		return nil, d.engine.refusal(answered)
	}
	return answered, nil
}

// hasDots finds a `..` that was written with escapes.
func hasDots(unescaped string) bool {
	for _, segment := range strings.Split(unescaped, "/") {
		if segment == ".." || segment == "." {
			return true
		}
	}
	return false
}

func notFound(path string) *fault {
	return &fault{code: "NOT_FOUND", status: backend.StatusNotFound, text: "there is nothing at " + path}
}

func pick(from http.Header, names []string) http.Header {
	picked := http.Header{}
	for _, name := range names {
		if values := from.Values(name); len(values) > 0 {
			picked[name] = values
		}
	}
	return picked
}
