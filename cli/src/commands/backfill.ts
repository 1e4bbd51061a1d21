/** `kpi backfill`: reads a stretch of history, with a progress bar on a terminal. */
import { KpiError } from '@kpi-monitor/model/errors';
import { Presets, SingleBar } from 'cli-progress';
import pino from 'pino';

import { openHouse } from '../compose/house';
import { refuseWhileHeld } from '../compose/instance';
import { readConfig } from '../config/read';
import { red } from '../terminal/color';
import { table } from '../terminal/table';

import { rangeOf } from './dates';
import type { CommonOptions, Output } from './options';

export interface BackfillOptions extends CommonOptions {
  from?: string;
  to?: string;
}

/** @returns 0, or 1 when a source failed; what was read before is stored */
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
  const bar =
    process.stdout.isTTY && !options.json
      ? new SingleBar({ format: FORMAT, hideCursor: true }, Presets.shades_classic)
      : null;
  const stop = new AbortController();
  const interrupt = () => stop.abort(new KpiError('INTERNAL', 'interrupted; what was read before is stored'));
  process.once('SIGINT', interrupt);
  try {
    let isStarted = false;
    const reports = await house.collector.backfill({
      kpis: kpis.length > 0 ? kpis : undefined,
      from,
      to,
      signal: stop.signal,
      onProgress({ kpi, done, total, points, rejected }) {
        if (!isStarted) {
          bar?.start(total, 0, { kpi, points, rejected });
          isStarted = true;
        }
        bar?.update(done, { kpi, points, rejected });
      },
    });
    bar?.stop();
    if (options.json) {
      out.line(
        JSON.stringify({ reports: reports.map(({ error, ...report }) => ({ ...report, error: error?.body ?? null })) })
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
      if (reports.some((report) => report.rejected > 0)) {
        out.line(`refused records are listed in ${house.deadLetters.path}`);
      }
    }
    return reports.some((report) => report.error) ? 1 : 0;
  } finally {
    bar?.stop();
    process.off('SIGINT', interrupt);
    await house.close();
  }
}

const FORMAT =
  '{bar} {percentage} %  {value}/{total} windows  {points} points  {rejected} rejected  {eta_formatted} left  {kpi}';
