/** `kpi status`: of each KPI when it was read, its newest value, what fails, and what waits on the way to the store. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { openJournal } from '@kpi-monitor/collector/journal/journal';
import type { SourceStatus } from '@kpi-monitor/collector/status';
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';
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
import { instanceFolders } from '../config/shard';
import { EXIT } from '../exit-code';
import { type InstanceState, listed, type ListedKpi, newestIn } from '../http/instance-state';

import type { CommonOptions, Output } from './options';
import { statusText } from './status-text';

export interface KpiStatus {
  kpi: ListedKpi;
  /** null where no running instance reads it */
  source: SourceStatus | null;
  standing: Standing | null;
  /** at the grain in which values arrive; null for a formula */
  newest: NewestValue | null;
}

export interface Running {
  instance: Instance;
  state: InstanceState;
}

export interface Overview {
  catalogue: string;
  /** one, or one a shard; none when nothing runs */
  running: Running[];
  /** entries in the journal of an instance that does not run */
  waiting: number;
  /** why there are no values, or null */
  trouble: { code: string; message: string } | null;
  kpis: KpiStatus[];
}

/**
 * @returns 0; 1 when a source fails, the store does not take values or the catalogue's newest state has a mistake; 3 when
 * the values cannot be read
 * @throws KpiError KPI_UNKNOWN
 */
export async function status(ids: string[], options: CommonOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const running = await runningIn(config);
  const [first] = running;
  // A running instance answers from the catalogue that it has, whatever the files look like by now.
  const known = first?.state.kpis ?? listed(catalogueOf(config));
  const chosen = ids.length > 0 ? ids.map((id) => oneOf(known, id)) : known;
  const { standings, newest, trouble } = await valuesOf(config, first ?? null, chosen, version);
  const sources = running.flatMap(({ state }) => state.sources);
  const overview: Overview = {
    catalogue: first?.state.catalogue.name ?? catalogueOf(config).name,
    running,
    waiting: first ? 0 : await waitingIn(config),
    trouble,
    kpis: chosen.map((kpi) => ({
      kpi,
      source: sources.find((source) => source.kpi === kpi.id) ?? null,
      standing: standings.get(kpi.id) ?? null,
      newest: newest.get(kpi.id) ?? null,
    })),
  };
  if (options.json) {
    out.line(JSON.stringify(document(overview)));
  } else {
    out.line(statusText(overview, { isDetailed: ids.length > 0, now: first?.state.now ?? Date.now() }));
  }
  if (trouble) {
    return EXIT.unreachable;
  }
  const isWrong =
    overview.kpis.some(({ source }) => source?.lastError) ||
    running.some(({ state }) => state.intake?.delivery.state === 'waiting' || state.catalogue.problems.length > 0);
  return isWrong ? EXIT.mistakes : EXIT.good;
}

async function runningIn(config: LoadedConfig): Promise<Running[]> {
  const found: Running[] = [];
  for (const folder of instanceFolders(config)) {
    const instance = await reachInstance(folder);
    if (instance) {
      found.push({ instance, state: await ask<InstanceState>(instance, 'GET', '/api/collector/status') });
    }
  }
  return found;
}

/** @throws KpiError KPI_UNKNOWN */
function oneOf(known: readonly ListedKpi[], id: string): ListedKpi {
  const kpi = known.find((one) => one.id === id);
  if (!kpi) {
    const near = known.filter((one) => one.id.startsWith(id.slice(0, 3))).map((one) => one.id);
    const hint = near.length > 0 ? `; is it ${near.slice(0, 3).join(' or ')}?` : '';
    throw new KpiError('KPI_UNKNOWN', `no KPI \`${id}\` is in the catalogue${hint}`, { kpi: id, near });
  }
  return kpi;
}

async function valuesOf(
  config: LoadedConfig,
  running: Running | null,
  kpis: readonly ListedKpi[],
  version: string
): Promise<Values> {
  const calendar = calendarOf(config);
  const ids = kpis.map(({ id }) => id);
  try {
    if (running) {
      const { instance, state } = running;
      const query = (body: object) => ask<QueryResponse>(instance, 'POST', '/api/ds/query', body);
      const newest = await newestValues(kpis, new Map(Object.entries(state.newest ?? {})), query, calendar);
      return { standings: await standingsOf(query, ids), newest, trouble: null };
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

function document({ catalogue, running, waiting, trouble, kpis }: Overview): object {
  const entries = running.map(({ state }) => state.intake?.journal.entries ?? 0);
  return {
    catalogue,
    instances: running.map(({ instance: { url, pid }, state }) => {
      const { shard, startedAt, store, intake, pushes } = state;
      return { url, pid, shard, startedAt, store, intake, pushes, catalogue: state.catalogue };
    }),
    waiting: running.length > 0 ? entries.reduce((a, b) => a + b, 0) : waiting,
    error: trouble,
    kpis: kpis.map(({ kpi, source, standing, newest }) => ({ ...kpi, newest, read: source, standing })),
  };
}
