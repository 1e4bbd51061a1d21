// Renders alert messages as Grafana does: first the annotations of a rule from what its queries answered, then the
// notification templates from the annotations. Reads a JSON request, writes a JSON list of messages. Grafana's own
// functions are left out on purpose but for those that our files use.
package main

import (
	"encoding/json"
	"os"
	"strings"
	"text/template"
)

type queryValue struct {
	Labels map[string]string
	Value  float64
}

type request struct {
	// the text of all notification templates
	Templates string
	Cases     []struct {
		// name of the template to render
		Template string
		// grouped alerts
		Alerts []struct {
			Status      string
			Labels      map[string]string
			Annotations map[string]string
			Values      map[string]queryValue
		}
	}
}

type alert struct {
	Status      string
	Labels      map[string]string
	Annotations map[string]string
}

type alerts []alert

func (all alerts) withStatus(status string) alerts {
	found := alerts{}
	for _, one := range all {
		if one.Status == status {
			found = append(found, one)
		}
	}
	return found
}

func (all alerts) Firing() []alert   { return all.withStatus("firing") }
func (all alerts) Resolved() []alert { return all.withStatus("resolved") }

type message struct {
	Alerts       alerts
	GroupLabels  map[string]string
	CommonLabels map[string]string
	ExternalURL  string
}

const externalURL = "http://grafana.example.com/"

func main() {
	var asked request
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	templates := template.Must(template.New("").Parse(asked.Templates))
	rendered := []string{}
	for _, one := range asked.Cases {
		data := message{ExternalURL: externalURL, GroupLabels: map[string]string{}, CommonLabels: map[string]string{}}
		for _, given := range one.Alerts {
			annotations := map[string]string{}
			for name, text := range given.Annotations {
				annotations[name] = annotation(text, given.Labels, given.Values)
			}
			data.Alerts = append(data.Alerts, alert{given.Status, given.Labels, annotations})
		}
		for name, value := range one.Alerts[0].Labels {
			isCommon := true
			for _, other := range one.Alerts {
				isCommon = isCommon && other.Labels[name] == value
			}
			if isCommon {
				data.CommonLabels[name] = value
				if name == "owner" {
					data.GroupLabels[name] = value
				}
			}
		}
		text := strings.Builder{}
		must(templates.ExecuteTemplate(&text, one.Template, data))
		rendered = append(rendered, text.String())
	}
	must(json.NewEncoder(os.Stdout).Encode(rendered))
}

// As Grafana does: a text that is missing is written as [no value].
func annotation(text string, labels map[string]string, values map[string]queryValue) string {
	parsed, err := template.New("annotation").
		Option("missingkey=invalid").
		Funcs(template.FuncMap{"externalURL": func() string { return externalURL }}).
		Parse("{{- $labels := .Labels -}}{{- $values := .Values -}}" + text)
	must(err)
	written := strings.Builder{}
	must(parsed.Execute(&written, map[string]any{"Labels": labels, "Values": values}))
	return strings.ReplaceAll(written.String(), "<no value>", "[no value]")
}

func must(err error) {
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}
