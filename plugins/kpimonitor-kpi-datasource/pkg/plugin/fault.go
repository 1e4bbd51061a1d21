package plugin

import (
	"encoding/json"
	"errors"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// fault is a coded error, read as `CODE: what was wrong and what to do`. The codes are in docs/errors.md.
type fault struct {
	code   string
	status backend.Status
	text   string
	// details are the engine's own, as it wrote them: what somebody else changed, which field is wrong.
	details json.RawMessage
	cause   error
}

func (f *fault) Error() string { return f.code + ": " + f.text }
func (f *fault) Unwrap() error { return f.cause }

// body is the fault as the engine itself writes one.
func (f *fault) body() []byte {
	said := map[string]any{"code": f.code, "message": f.text}
	if len(f.details) > 0 {
		said["details"] = f.details
	}
	// Texts and what was JSON before cannot fail.
	body, _ := json.Marshal(said)
	return body
}

func asFault(err error) *fault {
	var known *fault
	if errors.As(err, &known) {
		return known
	}
	return &fault{code: "INTERNAL", status: backend.StatusInternal, text: err.Error(), cause: err}
}
