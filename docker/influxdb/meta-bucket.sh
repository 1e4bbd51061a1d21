#!/bin/bash
# Run once by the image, after it has set InfluxDB up: references, notes and audit live beside the series, in a bucket
# that keeps them for ever.
set -euo pipefail
influx bucket create --name kpi_meta --org "${DOCKER_INFLUXDB_INIT_ORG}" --retention 0 --shard-group-duration 52w
# Years of daily values are read at once: in shards of a week that takes many times as long.
influx bucket update --id "${DOCKER_INFLUXDB_INIT_BUCKET_ID}" --shard-group-duration 52w
