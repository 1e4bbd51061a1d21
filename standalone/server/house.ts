/** Everything behind the page in one process: catalogue, calendar, the embedded store and the engine on it. */
import { calendarOf } from '@kpi-monitor/cli/compose/calendar';
import { readCatalogueFolder } from '@kpi-monitor/cli/compose/catalogue-folder';
import { type LoadedConfig, readConfig } from '@kpi-monitor/cli/config/read';
import { createEngine, type Engine } from '@kpi-monitor/engine/engine';
import { createMetrics, type Metrics } from '@kpi-monitor/engine/metrics';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { problemText } from '@kpi-monitor/model/catalogue/problem';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

export interface House {
  config: LoadedConfig;
  catalogue: Catalogue;
  calendar: Calendar;
  store: Store;
  engine: Engine;
  metrics: Metrics;
  close(): Promise<void>;
}

/** @throws KpiError CONFIG_FILE, CATALOGUE_EMPTY, the first code of a catalogue's problems, or what the store throws */
export async function openHouse(wanted: { config?: string; catalogue?: string; version: string }): Promise<House> {
  const config = readConfig(wanted);
  const calendar = calendarOf(config);
  const catalogue = readCatalogue(config, calendar);
  const metrics = createMetrics();
  const { store: where } = config;
  if (where.kind !== 'duckdb') {
    throw new KpiError('CONFIG_FILE', 'standalone keeps its values in DuckDB; InfluxDB is for `kpi run` with Grafana');
  }
  const store = createDuckdbStore({ path: `${config.dataFolder}/kpi.duckdb`, memoryLimit: where.memory_limit });
  await store.open({ zone: config.zone, createdBy: `kpi-monitor ${wanted.version}` });
  const { observer } = metrics;
  const engine = createEngine({ catalogue: () => catalogue, calendar, store, version: wanted.version, observer });
  return { config, catalogue, calendar, store, engine, metrics, close: () => store.close() };
}

function readCatalogue({ catalogueFolder }: LoadedConfig, calendar: Calendar): Catalogue {
  const { catalogue, problems } = readCatalogueFolder(catalogueFolder, calendar.fiscalYearStart);
  if (!catalogue) {
    const texts = problems.map(problemText);
    throw new KpiError(problems[0]?.code ?? 'CATALOGUE_EMPTY', texts.join('\n') || `${catalogueFolder} holds no KPI`);
  }
  return catalogue;
}
