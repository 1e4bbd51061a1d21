/** `kpi replay`: the dead letters, those that fit the catalogue by now stored, through a running instance or here. */
import { type ReplayReport, type ReplayRequest, replay, type Replayed } from '@kpi-monitor/collector/replay/replay';
import { ERRORS, type ErrorCode, KpiError } from '@kpi-monitor/model/errors';

import { ask } from '../compose/ask';
import { calendarOf } from '../compose/calendar';
import { openHouse } from '../compose/house';
import { reachInstance } from '../compose/instance';
import { type LoadedConfig, readConfig } from '../config/read';
import { EXIT } from '../exit-code';
import { dim, green, red, yellow } from '../terminal/color';
import { clipped, table } from '../terminal/table';
import { columns } from '../terminal/width';

import { rangeOf } from './dates';
import type { CommonOptions, Output } from './options';

export interface ReplayCommand extends CommonOptions {
  /** reasons, separated by commas */
  code?: string;
  from?: string;
  to?: string;
  dryRun?: boolean;
  overwrite?: boolean;
  discard?: boolean;
  /** records that are listed */
  rows?: string;
}

const ROWS = 30;
const PATIENCE = 10 * 60_000;

/** @returns 0, or 1 when records stay among the dead letters */
export async function replayLetters(
  kpis: string[],
  options: ReplayCommand,
  out: Output,
  version: string
): Promise<number> {
  const config = readConfig(options);
  const request = requestOf(kpis, options, config);
  const instance = await reachInstance(config.dataFolder);
  const report = instance
    ? await ask<ReplayReport>(instance, 'POST', '/api/collector/replay', request, PATIENCE)
    : await here(config, request, version);
  if (options.json) {
    out.line(JSON.stringify({ ...report, counts: counts(report) }));
  } else {
    say(report, Number(options.rows ?? ROWS), out);
  }
  return report.records.some(({ fate }) => fate === 'refused' || fate === 'held') ? EXIT.mistakes : EXIT.good;
}

async function here(config: LoadedConfig, request: ReplayRequest, version: string): Promise<ReplayReport> {
  // What an instance that was killed has left in the journal is older, and goes before.
  const house = await openHouse(config, { version });
  try {
    return await replay(request, { ...house, sink: house.intake.sink });
  } finally {
    await house.close();
  }
}

/** @throws KpiError REQUEST_INVALID, QUERY_RANGE */
function requestOf(kpis: readonly string[], options: ReplayCommand, config: LoadedConfig): ReplayRequest {
  const { code, dryRun, overwrite, discard } = options;
  const codes = code?.split(',').map((one) => one.trim().toUpperCase()) as ErrorCode[] | undefined;
  const unknown = codes?.find((one) => !(one in ERRORS));
  if (unknown) {
    throw new KpiError('REQUEST_INVALID', `--code ${unknown} is no reason; those are in docs/errors.md`);
  }
  const { from, to } = rangeOf(options);
  if (discard && kpis.length === 0 && !codes && from === undefined && to === undefined) {
    const message = '--discard takes away for good; say which by KPI, --code, --from or --to';
    throw new KpiError('REQUEST_INVALID', message);
  }
  const { toInstant } = calendarOf(config);
  return {
    ...(kpis.length > 0 && { kpis }),
    ...(codes && { codes }),
    ...(from !== undefined && { from: toInstant(from) }),
    ...(to !== undefined && { to: toInstant(to) }),
    ...{ dryRun, overwrite, discard },
  };
}

function counts({ records }: ReplayReport): Record<Replayed['fate'], number> {
  const count = (fate: Replayed['fate']) => records.filter((record) => record.fate === fate).length;
  return {
    replayed: count('replayed'),
    discarded: count('discarded'),
    held: count('held'),
    refused: count('refused'),
  };
}

const PAINT = { replayed: green, discarded: dim, held: yellow, refused: red };

function say(report: ReplayReport, rows: number, out: Output): void {
  const { records, dryRun, isStored } = report;
  if (records.length === 0) {
    out.line('no such dead letters');
    return;
  }
  const shown = records.slice(0, rows);
  const cells = shown.map(({ letter, times, fate, reason }) => [
    fate,
    letter.at.slice(0, 16).replace('T', ' '),
    letter.kpi,
    reason?.code ?? letter.code,
    `${letter.where ?? ''}${times > 1 ? ` x${times}` : ''}`,
    textOf(letter.record),
  ]);
  clipped(table(['', 'refused', 'kpi', 'reason', 'where', 'record'], cells), columns())
    .split('\n')
    .forEach((line, i) => out.line(i === 0 ? line : line.replace(/^\w+/, PAINT[shown[i - 1]!.fate])));
  if (records.length > rows) {
    out.line(dim(`… and ${records.length - rows} more; --rows shows as many as you like`));
  }
  const { replayed, discarded, held, refused } = counts(report);
  const first = records.find(({ fate }) => fate === 'refused');
  out.line('');
  const parts = [
    ...(discarded > 0 ? [`${discarded} discarded`] : []),
    ...(replayed > 0 ? [`${replayed} replayed`] : []),
    ...(held > 0 ? [`${held} left, since there is a value by now (--overwrite stores the old one)`] : []),
    ...(refused > 0 ? [`${refused} still refused`] : []),
  ];
  out.line(`${parts.join(', ')}${dryRun ? '; nothing was done, since this was a dry run' : ''}`);
  if (first) {
    out.line(
      dim(`the newest: ${first.reason?.code ?? first.letter.code} ${first.reason?.message ?? first.letter.message}`)
    );
  }
  if (replayed > 0 && !dryRun && !isStored) {
    out.line(yellow('the store is away: what was replayed is safe in the journal, and is stored later'));
  }
}

function textOf(record: unknown): string {
  const { period, value, dims } = (record ?? {}) as { period?: unknown; value?: unknown; dims?: object };
  const members = Object.values(dims ?? {}).map(String);
  const text = (part: unknown) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? '–'));
  const whole = typeof record === 'string' ? record : [text(period), ...members, text(value)].join(' ');
  return whole.replace(/\p{Cc}/gu, ' ').slice(0, 80);
}
