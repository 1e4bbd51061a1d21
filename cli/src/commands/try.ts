/** `kpi try`: reads the source of a KPI once and says what would come of it. Writes nothing. */
import { createSource } from '@kpi-monitor/collector/sources/create';
import { duePeriod } from '@kpi-monitor/collector/sources/readiness';
import { isRead } from '@kpi-monitor/collector/sources/source';
import { type Trial, type TrialRow, tryRead } from '@kpi-monitor/collector/trial/trial';
import { type Kpi, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS, isoDate } from '@kpi-monitor/model/time/civil';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { step } from '@kpi-monitor/model/time/period';

import { calendarOf } from '../compose/calendar';
import { catalogueOf } from '../compose/catalogue';
import { lookIntoStore } from '../compose/open-store';
import { sourceContext } from '../compose/sources';
import { readConfig } from '../config/read';
import { EXIT } from '../exit-code';
import { dim, green, red, yellow } from '../terminal/color';
import { sparkline } from '../terminal/sparkline';
import { clipped, table } from '../terminal/table';
import { columns } from '../terminal/width';

import { rangeOf } from './dates';
import type { CommonOptions, Output } from './options';

export interface TryOptions extends CommonOptions {
  from?: string;
  to?: string;
  /** rows that are shown */
  rows?: string;
}

const ROWS = 10;
const MOST_ROWS = 1000;

/**
 * @returns 0, also when the source is not ready; 1 when records were refused
 * @throws KpiError KPI_UNKNOWN, KPI_SOURCE for a KPI that is not read, SOURCE_*
 */
export async function tryKpi(id: string, options: TryOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const range = rangeOf(options);
  const shown = rowsOf(options.rows);
  const calendar = calendarOf(config);
  const kpi = readable(kpiOf(catalogueOf(config), id));
  const source = createSource(kpi, sourceContext(config, calendar));
  const stored = await lookIntoStore(config, version);
  try {
    const trial = await tryRead(kpi, source, { calendar, clock: Date.now, stored: stored.reads, ...range, shown });
    if (options.json) {
      out.line(JSON.stringify({ kpi: id, ...trial, rows: trial.rows.map(plainRow), comparedWith: stored.from }));
    } else {
      say(kpi, trial, { calendar, comparedWith: stored.from, shown }, out);
    }
    return trial.refused.length > 0 ? EXIT.mistakes : EXIT.good;
  } catch (error) {
    if (!(error instanceof KpiError && error.code === 'SOURCE_NOT_READY')) {
      throw error;
    }
    out.line(options.json ? JSON.stringify({ kpi: id, waiting: error.message }) : waitText(kpi, error, calendar));
    return EXIT.good;
  } finally {
    await stored.close();
  }
}

/** What is missing, and how to see what is there already. */
function waitText({ id, grain, name }: Kpi, { message }: KpiError, calendar: Calendar): string {
  const due = duePeriod({ grain }, Date.now(), calendar);
  const day = (time: number) => (isCivil(grain) ? time : calendar.toCivil(time));
  const to = day(due.from);
  const from = Math.min(day(step({ grain, start: due.from, end: due.to }, -1).start), to - DAY_MS);
  const command = `kpi try ${id} --from ${isoDate(from)} --to ${isoDate(to)}`;
  return [
    `${name}: ${yellow('waiting')}: ${message}`,
    dim(`nothing would be written; what there is of the period before is shown by \`${command}\``),
  ].join('\n');
}

/** @throws KpiError KPI_SOURCE */
function readable(kpi: Kpi): Kpi {
  if (isRead(kpi)) {
    return kpi;
  }
  const how = kpi.formula
    ? `is computed by its formula; try what it is made of: ${kpi.inputs.join(', ')}`
    : kpi.source
      ? 'takes what programs send, so there is nothing to read; send a value with curl, see docs/send-kpis.md'
      : 'has no source';
  throw new KpiError('KPI_SOURCE', `\`${kpi.id}\` ${how}`, { kpi: kpi.id });
}

/** @throws KpiError REQUEST_INVALID */
function rowsOf(text: string | undefined): number {
  const rows = text === undefined ? ROWS : Number(text);
  if (!Number.isInteger(rows) || rows < 0 || rows > MOST_ROWS) {
    throw new KpiError('REQUEST_INVALID', `--rows ${text} is no number from 0 to ${MOST_ROWS}`);
  }
  return rows;
}

interface Saying {
  calendar: Calendar;
  comparedWith: string;
  shown: number;
}

function say(kpi: Kpi, trial: Trial, { calendar, comparedWith, shown }: Saying, out: Output): void {
  const { window, records, rows, refused, outside, would, line, zeros } = trial;
  const day = (time: number) =>
    Math.abs(time) > 8e15 ? 'the beginning' : isCivil(kpi.grain) ? isoDate(time) : new Date(time).toISOString();
  out.line(
    `${kpi.name}: ${counted(records, 'record')} from ${kpi.source!.kind}, ${day(window.from)} to ${day(window.to)}`
  );
  if (rows.length > 0) {
    out.line('');
    rowsTable(kpi, rows, calendar)
      .split('\n')
      .forEach((row, i) => out.line(i > 0 && 'refusal' in rows[i - 1]!.checked ? red(row) : row));
    if (records - outside > shown) {
      out.line(dim(`… and ${records - outside - shown} more; --rows shows as many as you like`));
    }
  }
  const bad = refused.reduce((sum, { count }) => sum + count, 0);
  out.line(`\n${bad === 0 ? green('nothing is refused') : red(`${counted(bad, 'record')} refused:`)}`);
  refused.forEach(({ code, count, where, message }) =>
    out.line(`  ${red(code)} ${count} x${where ? `, first at ${where}` : ''}: ${message}`)
  );
  if (outside > 0) {
    out.line(dim(`${counted(outside, 'record')} of periods outside of that window: left out`));
  }
  const { add, change, keep, withdraw, restate } = would;
  const parts = [
    ...[`${add} new`, `${change} with another value`, `${keep} as they are`],
    ...(withdraw > 0 ? [yellow(`${withdraw} withdrawn, since the source no longer has them`)] : []),
  ];
  out.line(`would write ${counted(add + change + keep, 'point')}: ${parts.join(', ')}`);
  if (zeros > 0) {
    out.line(`  ${zeros} of them zeros, for rows that are absent (missing: zero)`);
  }
  if (restate > 0) {
    out.line(yellow(`  ${restate} in periods that were final: they are kept as restated`));
  }
  out.line(dim(`compared with ${comparedWith}; nothing was written`));
  if (line.values.length > 0) {
    const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
    const period = (time: number) => formatPeriod(time, kpi.grain, calendar);
    out.line(`\n${sparkline(line.values, columns() - 2)}`);
    const last = line.values.length - 1;
    out.line(
      dim(`${period(line.times[0]!)} to ${period(line.times[last]!)}, last ${formatValue(line.values[last]!, style)}`)
    );
  }
}

function rowsTable(kpi: Kpi, rows: readonly TrialRow[], calendar: Calendar): string {
  const hasWeight = rows.some(({ record }) => record.weight !== undefined && record.weight !== null);
  const head = ['where', 'period', ...kpi.dimensions, 'value', ...(hasWeight ? ['weight'] : []), 'becomes'];
  const cells = rows.map(({ record, checked }) => [
    record.where ?? '',
    text(record.period),
    ...kpi.dimensions.map((dimension) => text(record.dims[dimension])),
    text(record.value),
    ...(hasWeight ? [text(record.weight)] : []),
    'point' in checked
      ? formatPeriod(checked.point.time, kpi.grain, calendar)
      : 'refusal' in checked
        ? checked.refusal.code
        : '',
  ]);
  return clipped(table(head, cells), columns());
}

function text(value: unknown): string {
  const shown = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  const plain = (shown ?? '').replace(/\p{Cc}/gu, ' ');
  return plain.length > 30 ? `${plain.slice(0, 29)}…` : plain;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function plainRow({ record, checked }: TrialRow) {
  const { period, value, weight, dims, where } = record;
  const became =
    'point' in checked
      ? { time: checked.point.time, value: checked.point.value }
      : 'refusal' in checked
        ? { refused: checked.refusal.code, message: checked.refusal.message }
        : {};
  return { where, period, value, weight, dims, ...{ became } };
}
