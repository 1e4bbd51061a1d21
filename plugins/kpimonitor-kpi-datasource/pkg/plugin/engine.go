package plugin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const (
	// maxRequest bounds what is sent to the engine, maxAnswer what is read from it, in bytes.
	maxRequest = 1 << 20
	maxAnswer  = 64 << 20

	headerUser = "X-Kpi-User"
	headerRole = "X-Kpi-Role"
)

// engine is the KPI engine's HTTP API.
type engine struct {
	address *url.URL
	token   string
	client  *http.Client
}

type call struct {
	method string
	// path is escaped and begins at the engine's root
	path   string
	query  string
	header http.Header
	body   []byte
	user   *backend.User
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a call; any status is an answer, and only an engine that cannot be asked is a fault.
func (e *engine) do(ctx context.Context, c call) (*answer, error) {
	if len(c.body) > maxRequest {
		return nil, &fault{
			code:   "QUERY_TOO_LARGE",
			status: http.StatusRequestEntityTooLarge,
			text:   fmt.Sprintf("the request has %d bytes, more than the %d that are sent to the engine", len(c.body), maxRequest),
		}
	}
	target := e.address.JoinPath(c.path)
	target.RawQuery = c.query

	req, err := http.NewRequestWithContext(ctx, c.method, target.String(), bytes.NewReader(c.body))
	if err != nil {
		return nil, err
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	req.Header.Set("Accept", "application/json")
	if e.token != "" {
		req.Header.Set("Authorization", "Bearer "+e.token)
	}
	// The engine believes these only from a token that may act for others. A login may hold any character, a header
	// may not: hence the escapes.
	if c.user != nil {
		req.Header.Set(headerUser, url.PathEscape(c.user.Login))
		req.Header.Set(headerRole, url.PathEscape(c.user.Role))
	}

	res, err := e.client.Do(req)
	if err != nil {
		return nil, e.unreachable(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, e.unreachable(err)
	}
	if len(body) > maxAnswer {
		return nil, &fault{
			code:   "QUERY_TOO_LARGE",
			status: http.StatusRequestEntityTooLarge,
			text:   fmt.Sprintf("the engine's answer is larger than %d MiB; ask for fewer KPIs, a shorter range or a coarser grain", maxAnswer>>20),
		}
	}
	return &answer{status: res.StatusCode, header: res.Header, body: body}, nil
}

func (e *engine) unreachable(err error) error {
	// Grafana itself broke it off; there is nobody to tell.
	if errors.Is(err, context.Canceled) {
		return err
	}
	status, why := backend.StatusBadGateway, "no connection"
	var dns *net.DNSError
	switch {
	case os.IsTimeout(err) || errors.Is(err, context.DeadlineExceeded):
		status, why = backend.StatusTimeout, "it did not answer in time"
	case errors.As(err, &dns):
		why = "its host name is not known"
	default:
		var op *net.OpError
		if errors.As(err, &op) {
			why = op.Err.Error()
		}
	}
	return &fault{
		code:   "ENGINE_UNREACHABLE",
		status: status,
		text: fmt.Sprintf("the KPI engine at %s cannot be reached (%s); check that it runs (`kpi run`) and that the URL in the data source's settings is right",
			e.address.Redacted(), why),
		cause: err,
	}
}

// refusal is the fault that an answer outside of 2xx stands for: the engine's own, when it says one.
func (e *engine) refusal(a *answer) *fault {
	var said struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Details json.RawMessage `json:"details"`
	}
	if json.Unmarshal(a.body, &said) == nil && said.Code != "" {
		return &fault{code: said.Code, status: backend.Status(a.status), text: said.Message, details: said.Details}
	}
	return &fault{
		code:   "ENGINE_ANSWER",
		status: backend.StatusBadGateway,
		text: fmt.Sprintf("%s answered %d %s, which is not how a KPI engine answers; check the URL in the data source's settings",
			e.address.Redacted(), a.status, http.StatusText(a.status)),
	}
}
