/**
 * `kpi backfill`: reads a stretch of history, by the running instance or here, with a progress bar on a terminal; one
 * that was ended goes on.
 */
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { Presets, SingleBar } from 'cli-progress';
import pino from 'pino';

import { ask } from '../compose/ask';
import { type BackfillOrder, type BackfillRun, createBackfills } from '../compose/backfills';
import { openHouse } from '../compose/house';
import { type Instance, reachInstance } from '../compose/instance';
import { readConfig } from '../config/read';
import { EXIT } from '../exit-code';
import { dim, red } from '../terminal/color';
import { table } from '../terminal/table';

import { rangeOf } from './dates';
import type { CommonOptions, Output } from './options';

export interface BackfillOptions extends CommonOptions {
  from?: string;
  to?: string;
  /** read all of it, also what an earlier one has finished */
  restart?: boolean;
}

/** Who reads. */
interface Reader {
  start(order: BackfillOrder): Promise<BackfillRun>;
  look(id: string): Promise<BackfillRun>;
  stop(id: string): Promise<unknown>;
}

/**
 * @returns 0, or 1 when a source failed or it was interrupted; what was read before is stored, and not read again
 * @throws KpiError KPI_UNKNOWN, KPI_SOURCE, QUERY_RANGE, STORE_*
 */
export async function backfill(
  kpis: string[],
  options: BackfillOptions,
  out: Output,
  version: string
): Promise<number> {
  const config = readConfig(options);
  const { from, to } = rangeOf(options);
  const order: BackfillOrder = { ...(kpis.length > 0 && { kpis }), from, to, restart: options.restart };
  const letters = join(config.dataFolder, 'dead-letters.jsonl');
  const instance = await reachInstance(config.dataFolder);
  if (instance) {
    return report(await readBy(overHttp(instance), order, options), options, letters, out);
  }
  const house = await openHouse(config, { version, log: pino({ level: 'silent' }), journal: false });
  const backfills = createBackfills(house);
  const here: Reader = {
    start: async (asked) => backfills.start(asked),
    look: (id) => backfills.look(id),
    stop: async (id) => backfills.stop(id),
  };
  try {
    return report(await readBy(here, order, options), options, letters, out);
  } finally {
    await backfills.close();
    await house.close();
  }
}

/** @throws KpiError why nothing could be read */
async function readBy(reader: Reader, order: BackfillOrder, { json }: BackfillOptions): Promise<BackfillRun> {
  let run = await reader.start(order);
  const bar =
    process.stdout.isTTY && !json ? new SingleBar({ format: FORMAT, hideCursor: true }, Presets.shades_classic) : null;
  let isShown = false;
  const interrupt = () => void reader.stop(run.id).catch(() => undefined);
  process.once('SIGINT', interrupt);
  try {
    while (run.isRunning) {
      run = await reader.look(run.id);
      if (run.progress) {
        const { kpi, done, total, points, rejected } = run.progress;
        if (!isShown) {
          bar?.start(total, 0, { kpi, points, rejected });
          isShown = true;
        }
        bar?.update(done, { kpi, points, rejected });
      }
    }
  } finally {
    bar?.stop();
    process.off('SIGINT', interrupt);
  }
  if (run.error) {
    const { code, message, details } = run.error;
    throw new KpiError(code, message, details);
  }
  return run;
}

function report({ reports, isWhole }: BackfillRun, { json }: BackfillOptions, letters: string, out: Output): number {
  if (json) {
    out.line(JSON.stringify({ isWhole, reports }));
    return isWhole ? EXIT.good : EXIT.mistakes;
  }
  const rows = reports.map(({ kpi, points, rejected }) => [kpi, String(points), String(rejected)]);
  out.line(table(['kpi', 'points', 'rejected'], rows));
  const failed = reports.flatMap(({ kpi, error }) => (error ? [{ kpi, ...error }] : []));
  failed.forEach(({ code, kpi, message }) => out.line(`${red(code)} ${kpi}: ${message}`));
  const resumed = reports.reduce((sum, one) => sum + one.resumed, 0);
  if (resumed > 0) {
    out.line(dim(`${resumed} windows were finished before, and not read again; --restart reads them, too`));
  }
  if (!isWhole) {
    const of = failed.length > 0 ? ` of ${failed.map(({ kpi }) => kpi).join(', ')}` : '';
    out.line(`not all is read${of}; the same command goes on from here`);
  }
  if (reports.some(({ rejected }) => rejected > 0)) {
    out.line(`refused records are listed in ${letters}`);
  }
  return isWhole ? EXIT.good : EXIT.mistakes;
}

function overHttp(instance: Instance): Reader {
  const at = '/api/collector/backfill';
  return {
    start: (order) => ask(instance, 'POST', at, order),
    look: (id) => ask(instance, 'GET', `${at}/${id}`),
    stop: (id) => ask(instance, 'DELETE', `${at}/${id}`),
  };
}

const FORMAT =
  '{bar} {percentage} %  {value}/{total} windows  {points} points  {rejected} rejected  {eta_formatted} left  {kpi}';
