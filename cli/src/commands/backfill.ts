/** `kpi backfill`: reads a stretch of history, with a progress bar on a terminal; one that was ended goes on. */
import { join } from 'node:path';

import { openBackfilled } from '@kpi-monitor/collector/backfilled';
import type { BackfillReport } from '@kpi-monitor/collector/collector';
import { KpiError } from '@kpi-monitor/model/errors';
import { Presets, SingleBar } from 'cli-progress';
import pino from 'pino';

import { openHouse } from '../compose/house';
import { refuseWhileHeld } from '../compose/instance';
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

/** @returns 0, or 1 when a source failed or it was interrupted; what was read before is stored, and not read again */
export async function backfill(
  kpis: string[],
  options: BackfillOptions,
  out: Output,
  version: string
): Promise<number> {
  const config = readConfig(options);
  const { from, to } = rangeOf(options);
  await refuseWhileHeld(config);
  const house = await openHouse(config, { version, log: pino({ level: 'silent' }), journal: false });
  const finished = await openBackfilled(join(config.dataFolder, 'backfill.jsonl'));
  if (options.restart) {
    await finished.forget();
  }
  const bar =
    process.stdout.isTTY && !options.json
      ? new SingleBar({ format: FORMAT, hideCursor: true }, Presets.shades_classic)
      : null;
  const stop = new AbortController();
  const interrupt = () => stop.abort(new KpiError('INTERNAL', 'interrupted; the same command goes on from here'));
  process.once('SIGINT', interrupt);
  try {
    let isStarted = false;
    const reports = await house.collector.backfill({
      kpis: kpis.length > 0 ? kpis : undefined,
      from,
      to,
      signal: stop.signal,
      finished,
      onProgress({ kpi, done, total, points, rejected }) {
        if (!isStarted) {
          bar?.start(total, 0, { kpi, points, rejected });
          isStarted = true;
        }
        bar?.update(done, { kpi, points, rejected });
      },
    });
    bar?.stop();
    const isWhole = !stop.signal.aborted && reports.every(({ error }) => !error);
    if (isWhole) {
      await finished.forget();
    }
    if (options.json) {
      out.line(
        JSON.stringify({
          isWhole,
          reports: reports.map(({ error, ...report }) => ({ ...report, error: error?.body ?? null })),
        })
      );
    } else {
      out.line(
        table(
          ['kpi', 'points', 'rejected'],
          reports.map((r) => [r.kpi, String(r.points), String(r.rejected)])
        )
      );
      reports
        .flatMap(({ kpi, error }) => (error ? [`${red(error.code)} ${kpi}: ${error.message}`] : []))
        .forEach(out.line);
      const resumed = reports.reduce((sum, report) => sum + report.resumed, 0);
      if (resumed > 0) {
        out.line(dim(`${resumed} windows were finished before, and not read again; --restart reads them, too`));
      }
      if (!isWhole) {
        out.line(windowsLeft(reports));
      }
      if (reports.some((report) => report.rejected > 0)) {
        out.line(`refused records are listed in ${house.deadLetters.path}`);
      }
    }
    return isWhole ? EXIT.good : EXIT.mistakes;
  } finally {
    bar?.stop();
    process.off('SIGINT', interrupt);
    await finished.close();
    await house.close();
  }
}

function windowsLeft(reports: readonly BackfillReport[]): string {
  const kpis = reports.filter(({ error }) => error).map(({ kpi }) => kpi);
  return `not all is read${kpis.length > 0 ? ` of ${kpis.join(', ')}` : ''}; the same command goes on from here`;
}

const FORMAT =
  '{bar} {percentage} %  {value}/{total} windows  {points} points  {rejected} rejected  {eta_formatted} left  {kpi}';
