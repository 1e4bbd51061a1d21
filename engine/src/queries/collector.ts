/** `collector`: how collecting goes, now, by source and over time. */
import { KpiError } from '@kpi-monitor/model/errors';
import { formatDuration } from '@kpi-monitor/model/format/period';
import {
  COLLECTOR_LINE_TEXT,
  type CollectorLine,
  type CollectorPart,
  type CollectorRow,
  type CollectorSource as SourceState,
  type CollectorState,
  type SourceRow,
  succeededReads,
} from '@kpi-monitor/model/query/collector-frames';
import type { FieldConfig, Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import type { CollectorSource } from '../collector-source';
import { HIDDEN } from '../frames/field-config';
import { numberField, timeField } from '../frames/field';
import { emptyFrame, tableFrame, timeSeriesFrame, withNotices } from '../frames/frame';
import { type Columns, tableColumns } from '../frames/table';

import { type Answerer, answerMeta, type Context } from './context';

const LINES: Partial<Record<CollectorPart, CollectorLine[]>> = {
  reads: ['reads', 'failed'],
  values: ['written', 'refused'],
  waiting: ['waiting', 'bytes'],
  lag: ['lag'],
  now: ['failing'],
};

const COUNT = { unit: 'locale', decimals: 0, min: 0 };

export const answerCollector: Answerer = async (query, context) => {
  const { collector } = context;
  if (!collector) {
    const message = 'this engine collects nothing, so it does not know how that goes; ask the process that does';
    throw new KpiError('QUERY_INVALID', message, { type: query.type });
  }
  if (query.format === 'numeric') {
    throw new KpiError('QUERY_INVALID', 'collector has no numeric format; ask for `table` or `timeseries`', {
      format: query.format,
    });
  }
  const part = (query.part ?? 'now') as CollectorPart;
  const lines = LINES[part];
  if (lines && (query.format === 'timeseries' || part !== 'now')) {
    return overTime(query, lines, collector, context);
  }
  const meta = answerMeta(query, context);
  const state = collector.now();
  return part === 'sources'
    ? [tableFrame('sources', tableColumns(sourceRows(state, context), SOURCE_COLUMNS), { meta })]
    : [tableFrame('collector', tableColumns([rowOf(state)], COLUMNS), { meta })];
};

const COLUMNS: Columns<CollectorRow> = {
  stateText: { type: 'string', config: { displayName: 'Store' } },
  sources: { type: 'number', config: { displayName: 'Sources', ...COUNT } },
  failing: { type: 'number', config: { displayName: 'Failing', ...COUNT } },
  unready: { type: 'number', config: { displayName: 'Not ready', ...COUNT } },
  reads: { type: 'number', config: { displayName: 'Reads', ...COUNT } },
  failed: { type: 'number', config: { displayName: 'Failed reads', ...COUNT } },
  written: { type: 'number', config: { displayName: 'Values stored', ...COUNT } },
  refused: { type: 'number', config: { displayName: 'Refused', ...COUNT } },
  waiting: { type: 'number', config: { displayName: 'Values waiting', ...COUNT } },
  bytes: { type: 'number', config: { displayName: 'Journal', unit: 'bytes', decimals: 1, min: 0 } },
  lag: { type: 'number', config: { displayName: 'Oldest waits', unit: 's', decimals: 0, min: 0 } },
  lost: { type: 'number', config: { displayName: 'Lost', ...COUNT } },
  lastDelivered: { type: 'time', config: { displayName: 'Last stored' } },
  since: { type: 'time', config: { displayName: 'Counted since' } },
  file: { type: 'string', config: { displayName: 'Refused records are listed in' } },
};

const STATES = {
  failing: { text: 'Failing', color: 'red', index: 0 },
  waiting: { text: 'Waiting', color: 'blue', index: 1 },
  unread: { text: 'Not read yet', color: 'text', index: 2 },
  reading: { text: 'Reading', color: 'blue', index: 3 },
  idle: { text: 'Fine', color: 'green', index: 4 },
  stopped: { text: 'Stopped', color: 'text', index: 5 },
};

const SOURCE_COLUMNS: Columns<SourceRow> = {
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'Values of' } },
  source: { type: 'string', config: { displayName: 'Source' } },
  state: {
    type: 'string',
    config: {
      displayName: 'State',
      mappings: [{ type: 'value', options: STATES }],
      custom: { cellOptions: { type: 'color-text' } },
    },
  },
  error: { type: 'string', config: { displayName: 'Why' } },
  code: { type: 'string', config: { displayName: 'Code' } },
  lastSuccessText: { type: 'string', config: { displayName: 'Last success' } },
  nextText: { type: 'string', config: { displayName: 'Next read' } },
  reads: { type: 'number', config: { displayName: 'Reads', ...COUNT } },
  failed: { type: 'number', config: { displayName: 'Failed', ...COUNT } },
  failures: { type: 'number', config: { displayName: 'In a row', ...COUNT } },
  written: { type: 'number', config: { displayName: 'Values', ...COUNT } },
  refused: { type: 'number', config: { displayName: 'Refused', ...COUNT } },
  lastSuccess: { type: 'time', config: HIDDEN },
  nextRun: { type: 'time', config: HIDDEN },
};

function rowOf({ sources, journal, deadLetters, since, at }: CollectorState): CollectorRow {
  const sum = (of: (source: SourceState) => number) => sources.reduce((total, source) => total + of(source), 0);
  return {
    sources: sources.length,
    failing: sources.filter(({ lastError }) => lastError !== null).length,
    unready: sources.filter(({ waiting }) => waiting !== null).length,
    reads: sum(succeededReads),
    failed: sum(({ readFailures }) => readFailures),
    written: journal.state === 'direct' ? sum(({ points }) => points) : journal.delivered,
    refused: sum(({ rejected }) => rejected),
    waiting: journal.entries,
    bytes: journal.bytes,
    lag: journal.oldest === null ? 0 : Math.max(0, (at - journal.oldest) / 1000),
    lost: journal.lost,
    lastDelivered: journal.lastDelivered,
    stateText: journal.lastError
      ? `does not take values: ${journal.lastError.message}`
      : journal.state === 'stopped'
        ? 'stopped'
        : 'takes values',
    ...{ since, file: deadLetters },
  };
}

const ORDER = Object.keys(STATES);

function sourceRows({ sources, at: now }: CollectorState, { catalogue }: Context): SourceRow[] {
  const ago = (time: number | null) =>
    time === null ? 'never' : now - time < 60_000 ? 'just now' : `${formatDuration(now - time)} ago`;
  const until = (time: number | null) =>
    time === null ? '' : time <= now ? 'due' : time - now < 60_000 ? 'in a minute' : `in ${formatDuration(time - now)}`;
  return sources
    .map((source): SourceRow => ({
      kpi: source.kpi,
      name: catalogue.byId.get(source.kpi)?.name ?? source.kpi,
      source: source.source,
      state: stateOf(source),
      lastSuccess: source.lastSuccess,
      lastSuccessText: ago(source.lastSuccess),
      failures: source.failures,
      code: source.lastError?.code ?? '',
      error: source.lastError?.message ?? (source.waiting ? waitText(source.waiting, now) : ''),
      reads: succeededReads(source),
      failed: source.readFailures,
      written: source.points,
      refused: source.rejected,
      // Grafana's backend reads times as whole milliseconds.
      nextRun: source.nextRun === null ? null : Math.round(source.nextRun),
      nextText: until(source.nextRun),
    }))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.refused - a.refused);
}

function stateOf({ state, lastError, lastRead, waiting }: SourceState): SourceRow['state'] {
  if (lastError) {
    return 'failing';
  }
  return waiting ? 'waiting' : state === 'idle' && lastRead === null ? 'unread' : state;
}

function waitText({ since, message }: NonNullable<SourceState['waiting']>, now: number): string {
  return now - since < 60_000 ? message : `${message}, for ${formatDuration(now - since)}`;
}

async function overTime(
  query: RequestQuery,
  lines: readonly CollectorLine[],
  collector: CollectorSource,
  context: Context
): Promise<Frame[]> {
  const { from, to } = context.range;
  const { lines: found, notice } = await collector.history(lines, from, to);
  const notices = notice ? [{ severity: 'warning' as const, text: notice }] : [];
  const meta = answerMeta(query, context);
  const frames = lines.flatMap((line) => {
    const { times, values } = found.get(line) ?? { times: [], values: [] };
    const field = numberField(line, values, { labels: { line }, config: lineConfig(line) });
    return times.length > 0
      ? [timeSeriesFrame(COLLECTOR_LINE_TEXT[line], timeField('time', times), field, { meta })]
      : [];
  });
  return frames.length > 0 ? withNotices(frames, notices) : [emptyFrame('timeseries-multi', { meta, notices })];
}

function lineConfig(line: CollectorLine): FieldConfig {
  const unit = line === 'bytes' ? { unit: 'bytes', decimals: 1 } : line === 'lag' ? { unit: 's', decimals: 0 } : COUNT;
  const isBad = line === 'failed' || line === 'refused' || line === 'failing';
  return {
    displayName: COLLECTOR_LINE_TEXT[line],
    ...{ ...unit, min: 0 },
    color: { mode: 'fixed', fixedColor: isBad ? 'red' : line === 'bytes' ? 'purple' : 'blue' },
    ...(line === 'bytes' && { custom: { axisPlacement: 'right' } }),
  };
}
