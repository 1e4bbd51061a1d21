# Two images: `kpi` is the collector and engine, `grafana` is Grafana with the plugins, dashboards and provisioning.

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci
RUN node scripts/build.mjs cli $(ls plugins | grep '^kpimonitor-') \
  && mkdir /plugins \
  && for plugin in plugins/kpimonitor-*; do cp -r "$plugin/dist" "/plugins/$(basename "$plugin")"; done

# What the bundled command needs of npm, and nothing of the page or the tests.
FROM node:22-bookworm-slim AS modules
WORKDIR /app
COPY . .
RUN npm ci --omit=dev -w model -w analysis -w store -w collector -w engine -w cli

FROM golang:1.25-bookworm AS backend
WORKDIR /src
COPY plugins/kpimonitor-kpi-datasource/go.mod plugins/kpimonitor-kpi-datasource/go.sum ./
RUN go mod download
COPY plugins/kpimonitor-kpi-datasource/pkg pkg
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' \
  -o "/out/gpx_kpimonitor_kpi_datasource_linux_$(go env GOARCH)" ./pkg

FROM node:22-bookworm-slim AS kpi
ENV NODE_ENV=production
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY --from=build /src/cli/dist cli/dist
COPY kpis kpis
COPY provisioning/alerting provisioning/alerting
COPY docker/kpi-monitor.yaml kpi-monitor.yaml
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8484
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8484/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/cli/dist/kpi.mjs"]
CMD ["run", "--config", "/app/kpi-monitor.yaml"]

FROM grafana/grafana:12.3.0 AS grafana
# Not below /var/lib/grafana: a volume there would keep the plugins of the first start for ever.
ENV GF_PATHS_PLUGINS=/opt/kpi-monitor/plugins \
  GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=kpimonitor-kpi-datasource,kpimonitor-scorecard-panel,kpimonitor-correlation-panel,kpimonitor-forecast-panel,kpimonitor-kpi-app \
  GF_PLUGINS_PREINSTALL_DISABLED=true \
  GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=/opt/kpi-monitor/dashboards/overview.json \
  KPI_DASHBOARDS=/opt/kpi-monitor/dashboards
COPY --from=build /plugins /opt/kpi-monitor/plugins
COPY --from=backend /out/ /opt/kpi-monitor/plugins/kpimonitor-kpi-datasource/
COPY dashboards /opt/kpi-monitor/dashboards
COPY provisioning /etc/grafana/provisioning
