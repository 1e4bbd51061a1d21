package plugin

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// CheckHealth asks whether the engine is up, and then for its catalogue, which it gives to a valid token alone.
func (d *Datasource) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	message, err := d.check(ctx, req.PluginContext.User)
	if err != nil {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: err.Error()}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: message}, nil
}

func (d *Datasource) check(ctx context.Context, user *backend.User) (string, error) {
	if d.fault != nil {
		return "", d.fault
	}
	for _, path := range []string{"/api/health", "/api/catalogue"} {
		answered, err := d.engine.do(ctx, call{method: http.MethodGet, path: path, user: user})
		if err != nil {
			return "", err
		}
		if answered.status != http.StatusOK {
			return "", d.engine.refusal(answered)
		}
		if !json.Valid(answered.body) {
			return "", d.engine.refusal(answered)
		}
	}
	return "The KPI engine answers and accepts the token.", nil
}
