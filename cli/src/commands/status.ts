/** `kpi status`: of each KPI when it was read, its newest value, what fails, and what waits on the way to the store. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { openJournal } from '@kpi-monitor/collector/journal/journal';
import type { SourceStatus } from '@kpi-monitor/collector/status';
import { type Catalogue, type Kpi, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError } from '@kpi-monitor/model/errors';
import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';

import { ask } from '../compose/ask';
import { calendarOf } from '../compose/calendar';
import { catalogueOf } from '../compose/catalogue';
import { openHouse } from '../compose/house';
import { type Instance, reachInstance } from '../compose/instance';
import { type NewestValue, newestValues } from '../compose/newest-values';
import { isStillEmpty } from '../compose/open-store';
import { type Standing, standingsOf } from '../compose/standings';
import { type LoadedConfig, readConfig } from '../config/read';
import { EXIT } from '../exit-code';
import { type CollectorState, newestIn } from '../http/collector-state';

import type { CommonOptions, Output } from './options';
import { statusText } from './status-text';

export interface KpiStatus {
  kpi: Kpi;
  /** null where nobody reads it in this instance, or no instance runs */
  source: SourceStatus | null;
  standing: Standing | null;
  /** at the grain in which values arrive; null for a formula */
  newest: NewestValue | null;
}

export interface Overview {
  catalogue: Pick<Catalogue, 'name'>;
  /** null when no instance runs */
  instance: (Pick<Instance, 'url' | 'pid'> & { state: CollectorState }) | null;
  /** entries in the journal of an instance that does not run */
  waiting: number;
  /** why there are no values, or null */
  trouble: { code: string; message: string } | null;
  kpis: KpiStatus[];
}

/**
 * @returns 0; 1 when a source fails or the store does not take values; 3 when the values cannot be read
 * @throws KpiError KPI_UNKNOWN
 */
export async function status(ids: string[], options: CommonOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const catalogue = catalogueOf(config);
  const chosen =
    ids.length > 0 ? ids.map((id) => kpiOf(catalogue, id)) : [...catalogue.byId.values()].sort(byName(catalogue));
  const running = await reachInstance(config.dataFolder);
  const state = running && (await ask<CollectorState>(running, 'GET', '/api/collector/status'));
  const { standings, newest, trouble } = await valuesOf(
    config,
    running && state ? { instance: running, state } : null,
    chosen,
    version
  );
  const overview: Overview = {
    catalogue,
    instance: running && state ? { url: running.url, pid: running.pid, state } : null,
    waiting: running ? 0 : await waitingIn(config),
    trouble,
    kpis: chosen.map((kpi) => ({
      kpi,
      source: state?.sources.find((source) => source.kpi === kpi.id) ?? null,
      standing: standings.get(kpi.id) ?? null,
      newest: newest.get(kpi.id) ?? null,
    })),
  };
  if (options.json) {
    out.line(JSON.stringify(document(overview)));
  } else {
    out.line(statusText(overview, { isDetailed: ids.length > 0, now: state?.now ?? Date.now() }));
  }
  if (trouble) {
    return EXIT.unreachable;
  }
  const isWrong = overview.kpis.some(({ source }) => source?.lastError) || state?.intake?.delivery.state === 'waiting';
  return isWrong ? EXIT.mistakes : EXIT.good;
}

/** KPIs as the catalogue orders them, then measures. */
function byName({ kpis }: Catalogue): (a: Kpi, b: Kpi) => number {
  const at = (kpi: Kpi) => kpis.indexOf(kpi) + (kpi.role === 'measure' ? kpis.length + 1 : 0);
  return (a, b) => at(a) - at(b) || a.name.localeCompare(b.name);
}

async function valuesOf(
  config: LoadedConfig,
  running: { instance: Instance; state: CollectorState } | null,
  kpis: readonly Kpi[],
  version: string
): Promise<Values> {
  const calendar = calendarOf(config);
  const ids = kpis.map(({ id }) => id);
  try {
    if (running) {
      const { instance, state } = running;
      const query = (body: object) => ask<QueryResponse>(instance, 'POST', '/api/ds/query', body);
      // An instance may not know yet what was added to the catalogue a moment ago.
      const answer = await ask<{ kpis: Array<{ id: string }> }>(instance, 'GET', '/api/catalogue');
      const known = new Set(answer.kpis.map(({ id }) => id));
      const asked = kpis.filter(({ id, role }) => known.has(id) || role === 'measure').map(({ id }) => id);
      const newest = await newestValues(kpis, new Map(Object.entries(state.newest ?? {})), query, calendar);
      return { standings: asked.length > 0 ? await standingsOf(query, asked) : NONE.standings, newest, trouble: null };
    }
    if (isStillEmpty(config)) {
      return NONE;
    }
    const house = await openHouse(config, { version, journal: false });
    try {
      const query = (body: object) => house.engine.answer(queryRequest.parse(body));
      const newest = await newestValues(kpis, await newestIn(house), query, calendar);
      return { standings: await standingsOf(query, ids), newest, trouble: null };
    } finally {
      await house.close();
    }
  } catch (error) {
    const { code, message } = asKpiError(error);
    return { ...NONE, trouble: { code, message } };
  }
}

interface Values {
  standings: ReadonlyMap<string, Standing>;
  newest: ReadonlyMap<string, NewestValue>;
  trouble: Overview['trouble'];
}

const NONE: Values = { standings: new Map(), newest: new Map(), trouble: null };

/** Entries that an instance which was killed has left behind: the next one delivers them. */
async function waitingIn({ dataFolder }: LoadedConfig): Promise<number> {
  const folder = join(dataFolder, 'journal');
  if (!existsSync(folder)) {
    return 0;
  }
  try {
    const journal = await openJournal({ folder });
    const { entries } = journal.state();
    await journal.close();
    return entries;
  } catch {
    return 0;
  }
}

function document({ catalogue, instance, waiting, trouble, kpis }: Overview): object {
  return {
    catalogue: catalogue.name,
    instance: instance && { url: instance.url, pid: instance.pid, ...instance.state },
    waiting: instance?.state.intake?.journal.entries ?? waiting,
    error: trouble,
    kpis: kpis.map(({ kpi, source, standing, newest }) => ({
      ...{ id: kpi.id, name: kpi.name, role: kpi.role, unit: kpi.unit },
      ...{ source: kpi.formula ? 'formula' : (kpi.source?.kind ?? null), newest, read: source, standing },
    })),
  };
}
