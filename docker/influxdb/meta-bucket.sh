#!/bin/bash
# Run once by the image, after it has set InfluxDB up: references, notes and audit live beside the series, in a bucket
# that keeps them for ever.
set -euo pipefail
influx bucket create --name kpi_meta --org "${DOCKER_INFLUXDB_INIT_ORG}" --retention 0
