/**
 * Takes up what is changed in the catalogue's files, and in the connections that they name, while the program runs. A state
 * of the folder counts as a whole or not at all: with a mistake anywhere, the last good one goes on, and the mistakes are
 * said until they are mended.
 */
import { type FSWatcher, watch } from 'node:fs';
import { sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Log } from '@kpi-monitor/collector/log';
import { checkSources } from '@kpi-monitor/collector/sources/check';
import type { Connections } from '@kpi-monitor/collector/sources/connection';
import type { SourceContext } from '@kpi-monitor/collector/sources/create';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { problemText } from '@kpi-monitor/model/catalogue/problem';
import type { CatalogueText } from '@kpi-monitor/model/catalogue/yaml-file';
import { asKpiError } from '@kpi-monitor/model/errors';

import { catalogueTexts, loadTexts } from './catalogue-folder';

export interface CatalogueState {
  name: string;
  /** epoch milliseconds since when it is answered from */
  loadedAt: number;
  /** why the newest state of the files is not: `CODE file:line message`; empty when it is */
  problems: string[];
}

export interface CatalogueWatch {
  start(): void;
  stop(): Promise<void>;
  state(): CatalogueState;
}

export interface CatalogueWatchOptions {
  folder: string;
  fiscalYearStart: number;
  current: () => Catalogue;
  /** Goes over to another catalogue at once, or throws and stays. */
  exchange: (next: Catalogue) => { begun: string[]; ended: string[] };
  /** asked at each look: connections may have changed */
  sources: () => SourceContext;
  log: Log;
  clock: () => number;
  /** milliseconds between looks when nothing tells of changes, and for which files have to be still */
  every?: number;
  settle?: number;
}

/** Network file systems and containers do not tell of every change. */
const EVERY = 5000;
/** Editors write a file in several steps. */
const SETTLE = 250;

export function createCatalogueWatch(options: CatalogueWatchOptions): CatalogueWatch {
  const { folder, log, clock, every = EVERY, settle = SETTLE } = options;
  const stopped = new AbortController();
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let problems: string[] = [];
  let loadedAt = clock();
  /** the state of the files that was judged last */
  let judged = '';
  /** the connections that sources were made with */
  let connected = JSON.stringify(options.sources().connections);
  let looking: Promise<void> | null = null;
  let again = false;

  const look = async () => {
    // A file that is being replaced is not there for a moment.
    const read = () => readFound(folder, options.sources().connections);
    let texts = read();
    for (let before = ''; keyOf(texts) !== before && !stopped.signal.aborted;) {
      before = keyOf(texts);
      if (before === judged) {
        return;
      }
      await sleep(settle, undefined, { signal: stopped.signal }).catch(() => {});
      texts = read();
    }
    if (!stopped.signal.aborted && keyOf(texts) !== judged) {
      judged = keyOf(texts);
      await take(texts);
    }
  };

  const take = async (texts: Found) => {
    const found = texts.error === null ? await mistakesOf(texts) : [`CONFIG_FILE ${folder}: ${texts.error}`];
    const isNews = found.join('\n') !== problems.join('\n');
    const wasBroken = problems.length > 0;
    problems = found;
    if (found.length > 0 && isNews) {
      log.error({ problems: found }, `the catalogue stays as it was: ${found[0]}`);
    } else if (found.length === 0 && wasBroken) {
      log.info({}, 'the catalogue is mended');
    }
  };

  /** What keeps these files from being taken up; none when they are. */
  const mistakesOf = async ({ files, connections }: Found): Promise<string[]> => {
    const { catalogue, problems: wrong } = loadTexts(files, options.fiscalYearStart);
    if (!catalogue) {
      return wrong.map(problemText);
    }
    if (catalogue.hash === options.current().hash && JSON.stringify(connections) === connected) {
      return [];
    }
    const mistakes = (await checkSources(catalogue, options.sources())).map(({ kpi, error }) => ({
      ...{ code: error.code, text: `${error.code} ${kpi.file} ${error.message}` },
    }));
    // What cannot be reached may come later: it is said where sources are read.
    const kept = mistakes.filter(({ code }) => code !== 'SOURCE_UNREACHABLE' && code !== 'SOURCE_FORMAT');
    if (kept.length > 0 || stopped.signal.aborted) {
      return kept.map(({ text }) => text);
    }
    try {
      const { begun, ended } = options.exchange(catalogue);
      loadedAt = clock();
      connected = JSON.stringify(connections);
      log.info({ kpis: catalogue.kpis.length, begun, ended }, 'the catalogue has changed, and is taken up');
      return [];
    } catch (error) {
      const { code, message } = asKpiError(error);
      return [`${code} ${message}`];
    }
  };

  const lookSoon = () => {
    again = true;
    looking ??= (async () => {
      while (again && !stopped.signal.aborted) {
        again = false;
        await look().catch((error: unknown) => log.error({ err: error }, 'the catalogue cannot be looked at'));
      }
    })().finally(() => (looking = null));
  };

  return {
    start() {
      timer = setInterval(lookSoon, every);
      timer.unref();
      watcher = watched(folder, lookSoon);
      // For what was changed since the catalogue was read, before anybody watched.
      lookSoon();
    },
    async stop() {
      stopped.abort();
      clearInterval(timer);
      watcher?.close();
      await looking;
    },
    state: () => ({ name: options.current().name, loadedAt, problems: [...problems] }),
  };
}

interface Found {
  files: CatalogueText[];
  connections: Connections;
  /** why they cannot be read, or null */
  error: string | null;
}

function readFound(folder: string, connections: Connections): Found {
  try {
    return { files: catalogueTexts(folder), connections, error: null };
  } catch (error) {
    return { files: [], connections, error: (error as Error).message };
  }
}

function keyOf(found: Found): string {
  return JSON.stringify(found);
}

/** Null where the system cannot tell; looking now and then is enough. */
function watched(folder: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { recursive: true, persistent: false }, (_, name) => {
      // The data folder may lie inside, and is written to all the time.
      const parts = name?.split(sep) ?? [];
      if (!parts.some((part) => part.startsWith('.') || part === 'node_modules')) {
        onChange();
      }
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
