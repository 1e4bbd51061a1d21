/** `kpi status` in words: a table where the terminal is wide enough, else a few lines a KPI. */
import type { SourceStatus } from '@kpi-monitor/collector/status';
import { formatDuration } from '@kpi-monitor/model/format/period';
import { STATUS_TEXT } from '@kpi-monitor/model/status';

import { shardText } from '../config/shard';
import type { InstanceState } from '../http/instance-state';
import { bold, dim, red, yellow } from '../terminal/color';
import { statusColored } from '../terminal/status-color';
import { table } from '../terminal/table';
import { columns } from '../terminal/width';

import type { KpiStatus, Overview } from './status';

interface Saying {
  isDetailed: boolean;
  now: number;
  /** of the terminal */
  width?: number;
}

export function statusText(overview: Overview, { isDetailed, now, width = columns() }: Saying): string {
  const { kpis, running, trouble } = overview;
  const rows = kpis.map((one) => cellsOf(one, now));
  const hasReads = running.length > 0;
  const head = ['id', 'value', 'period', 'age', ...(hasReads ? ['read', 'next'] : []), 'status'];
  const wide = table(
    head,
    rows.map((row) => shown(row, hasReads))
  );
  const fits = Math.max(...wide.split('\n').map((line) => line.length)) <= width;
  const body = isDetailed
    ? kpis.map((one, i) => detailed(one, rows[i]!, now)).join('\n\n')
    : fits
      ? statusColored(wide)
      : rows.map((row) => narrow(row, hasReads)).join('\n');
  const told = isDetailed ? [] : kpis.flatMap(({ source }) => (source ? troubleLines(source, now) : []));
  return [
    body,
    '',
    ...told,
    ...(trouble ? [red(`${trouble.code}: ${trouble.message}`)] : []),
    ...instanceLines(overview, now),
  ].join('\n');
}

interface Cells {
  id: string;
  value: string;
  period: string;
  age: string;
  read: string;
  next: string;
  status: string;
}

function cellsOf({ kpi, source, standing, newest }: KpiStatus, now: number): Cells {
  return {
    id: kpi.id,
    value: newest?.valueText ?? standing?.valueText ?? '–',
    period: newest?.periodText ?? standing?.periodText ?? '',
    age: newest && !standing?.dataUntil ? `${brief(now - newest.until)} old` : (standing?.ageText ?? 'no value yet'),
    read: kpi.formula ? 'formula' : kpi.source === 'push' ? 'pushed' : readText(source, now),
    next: source?.nextRun ? `in ${brief(source.nextRun - now)}` : (source?.state ?? ''),
    status: standing ? STATUS_TEXT[standing.status] : '',
  };
}

function readText(source: SourceStatus | null, now: number): string {
  if (!source) {
    return 'not here';
  }
  if (source.lastError) {
    return `failed ${source.failures} x`;
  }
  if (source.waiting) {
    return `waits ${brief(now - source.waiting.since)}`;
  }
  return source.lastRead === null ? 'not yet' : `${brief(now - source.lastRead)} ago`;
}

function shown({ id, value, period, age, read, next, status }: Cells, hasReads: boolean): string[] {
  return [id, value, period, age, ...(hasReads ? [read, next] : []), status];
}

function narrow({ id, value, period, age, read, status }: Cells, hasReads: boolean): string {
  const about = [age, ...(hasReads ? [`read: ${read}`] : [])].join(', ');
  return `${bold(id)}  ${value}\n${period ? `  ${period}\n` : ''}  ${dim(about)}${status ? `\n  ${statusColored(status)}` : ''}`;
}

function detailed({ kpi, source, standing }: KpiStatus, cells: Cells, now: number): string {
  const at = (time: number | null | undefined) =>
    time === null || time === undefined
      ? 'never'
      : `${new Date(time).toISOString().slice(0, 19)}Z, ${brief(now - time)} ago`;
  const rows: Array<[string, string]> = [
    ['source', kpi.formula ? `formula: ${kpi.formula}` : (kpi.source ?? 'none')],
    ['value', `${cells.value}${cells.period ? ` (${cells.period})` : ''}`],
    ['status', standing ? statusColored(STATUS_TEXT[standing.status]) : '–'],
    ['age', cells.age],
    ...(source
      ? ([
          ['last read', at(source.lastRead)],
          ['last success', at(source.lastSuccess)],
          ['next read', cells.next],
          ['since start', `${source.reads} reads, ${source.points} points, ${source.rejected} refused`],
          ...Object.entries(source.rejectedByCode).map(([code, count]) => ['', `${code} ${count} x`] as const),
          ...(source.lastError
            ? [['error', red(`${source.lastError.code}: ${source.lastError.message}`)] as const]
            : []),
          ...(source.waiting
            ? ([
                ['waiting', yellow(source.waiting.message)],
                ['', `since ${at(source.waiting.since)}`],
              ] as const)
            : []),
        ] as Array<[string, string]>)
      : []),
    ['file', kpi.file],
  ];
  return [bold(`${kpi.id}  ${kpi.name}`), ...rows.map(([key, value]) => `  ${dim(key.padEnd(12))}  ${value}`)].join(
    '\n'
  );
}

function troubleLines({ kpi, lastError, waiting, nextRun }: SourceStatus, now: number): string[] {
  const again = nextRun ? ` in ${brief(nextRun - now)}` : '';
  return [
    ...(lastError ? [`${red(lastError.code)} ${kpi}: ${lastError.message}${again && `; tried again${again}`}`] : []),
    ...(waiting ? [`${yellow('waiting')} ${kpi}: ${waiting.message}${again && `; asked again${again}`}`] : []),
  ];
}

function instanceLines({ running, waiting }: Overview, now: number): string[] {
  if (running.length === 0) {
    const left =
      waiting > 0 ? [yellow(`${waiting} entries wait in the journal; the next \`kpi run\` stores them`)] : [];
    return [...left, dim('no instance runs: nothing is collected; start one with `kpi run`')];
  }
  return running.flatMap(({ instance: { url, pid }, state }) => {
    const part = state.shard ? `, shard ${shardText(state.shard)}: ${state.sources.length} sources` : '';
    return [
      ...intakeLines(state, now),
      ...catalogueLines(state),
      dim(`${url} (process ${pid}${part}) collects for ${brief(now - state.startedAt)}, into ${state.store}`),
    ];
  });
}

function catalogueLines({ catalogue: { problems } }: InstanceState): string[] {
  return problems.length === 0
    ? []
    : [red('the KPI files have a mistake; what held before goes on:'), ...problems.map((problem) => `  ${problem}`)];
}

function intakeLines({ intake }: InstanceState, now: number): string[] {
  if (!intake) {
    return [];
  }
  const { journal, delivery } = intake;
  const lost = journal.lost.damaged + journal.lost.dropped;
  const lag = journal.oldest === null ? '' : `, the oldest for ${brief(now - journal.oldest)}`;
  const size = `${journal.entries} entries wait in the journal (${Math.ceil(journal.bytes / 1024)} KiB${lag})`;
  return [
    ...(delivery.state === 'waiting' && delivery.lastError
      ? [red(`${delivery.lastError.code}: ${delivery.lastError.message}`)]
      : []),
    ...(journal.entries > 0 ? [yellow(size)] : []),
    ...(lost > 0 ? [red(`${lost} entries of the journal were lost; see the log`)] : []),
  ];
}

/** "12 s", "3 minutes": one unit. */
function brief(ms: number): string {
  return ms < 60_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : formatDuration(ms);
}
