/** `statusHistory`: the level of each judged period, or the episodes at warning and worse. */
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatValue } from '@kpi-monitor/model/format/number';
import { HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';
import { type Episode, episodesOf, judgedPeriods } from '@kpi-monitor/model/judgement/history';
import type { EpisodeRow, Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { LEVELS, STATUS_TEXT } from '@kpi-monitor/model/status';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { periodAt, periodsBetween, step } from '@kpi-monitor/model/time/period';

import { numberField, timeField } from '../frames/field';
import { levelConfig, levelMapping } from '../frames/field-config';
import { emptyFrame, tableFrame, timeSeriesFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';

import { type Answerer, answerMeta, type Context } from './context';
import { requireFewer } from './limit';
import { lineName, periodCount } from './names';
import { storeRange } from './range';
import { type Asked, refusalNotices, selectAndEvaluate } from './select';

interface AskedHistory extends Asked {
  shown: { from: number; to: number };
}

interface History {
  kpi: Kpi;
  slice: Slice;
  asked: AskedHistory;
}

const EPISODE_COLUMNS: Columns<EpisodeRow> = {
  kpi: 'string',
  name: { type: 'string', config: { displayName: 'KPI' } },
  category: 'string',
  slice: 'string',
  from: { type: 'time', config: { displayName: 'From' } },
  to: { type: 'time', config: { displayName: 'To' } },
  worst: { type: 'number', config: { displayName: 'Worst', mappings: [levelMapping()] } },
  worstText: 'string',
  periods: { type: 'number', config: { displayName: 'Periods', decimals: 0 } },
  durationText: { type: 'string', config: { displayName: 'Duration' } },
  worstValue: 'number',
  worstValueText: { type: 'string', config: { displayName: 'Worst value' } },
};

export const answerStatusHistory: Answerer = async (query, context) => {
  if (query.format === 'numeric') {
    const message = 'statusHistory has no numeric format; ask for timeseries or table, or for type status';
    throw new KpiError('QUERY_INVALID', message, { format: query.format });
  }
  const { calendar, range, limits } = context;
  const { evaluated, refused } = await selectAndEvaluate<AskedHistory>(query, context, (kpi) => {
    const grain = kpi.judge.at;
    const shown = storeRange(range, grain, calendar);
    requireFewer(kpi, (shown.to - shown.from) / GRAIN_MS[grain], limits);
    // An episode that the range begins in began before it.
    const from = step(periodAt(shown.from, grain, calendar), -HISTORY_PERIODS).start;
    return { kpi, grain, shown, from };
  });
  const histories = evaluated.flatMap(({ asked, slices }) =>
    slices.map((slice): History => ({ kpi: asked.kpi, slice, asked }))
  );
  const kpis = evaluated.length + refused.size;
  const notices = refusalNotices(refused);
  if (query.format === 'table') {
    const rows = histories.flatMap((history) => episodeRows(history, context));
    return [tableFrame('episodes', tableColumns(rows, EPISODE_COLUMNS), { meta: answerMeta(query, context), notices })];
  }
  if (histories.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices })];
  }
  const frames = histories.map((history) => levelsOverTime(history, kpis, query, context));
  return withNotices(frames, notices);
};

/** A period that is not judged is a null, so that the state before it ends where it ends. */
function levelsOverTime({ kpi, slice, asked }: History, kpis: number, query: RequestQuery, context: Context): Frame {
  const { calendar, range } = context;
  const periods = judgedPeriods({ kpi, slice, calendar, asOf: range.asOf }, asked.shown.from, asked.shown.to);
  const name = lineName({ kpi, slice: slice.slice }, query, kpis);
  const time = timeField(
    'time',
    periods.map((period) => period.start)
  );
  const level = numberField(
    'level',
    periods.map((period) => period.level),
    { labels: seriesLabels(kpi, slice.labels), config: levelConfig(kpi, name) }
  );
  return timeSeriesFrame(name, time, level, { meta: answerMeta(query, context, { grain: asked.grain }) });
}

function episodeRows({ kpi, slice, asked }: History, context: Context): EpisodeRow[] {
  const { calendar, range } = context;
  const periods = judgedPeriods({ kpi, slice, calendar, asOf: range.asOf }, asked.from, asked.shown.to);
  return episodesOf(periods)
    .filter((episode) => episode.isOngoing || episode.to > asked.shown.from)
    .map((episode) => episodeRow(kpi, slice, episode, context));
}

function episodeRow(kpi: Kpi, slice: Slice, episode: Episode, { calendar }: Context): EpisodeRow {
  const { from, to, isOngoing, worst, worstValue } = episode;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  return {
    kpi: kpi.id,
    name: kpi.name,
    category: kpi.category,
    slice: slice.slice,
    from,
    to: isOngoing ? null : to,
    worst,
    worstText: STATUS_TEXT[LEVELS[worst]],
    periods: episode.periods,
    durationText: periodCount(periodsBetween(from, to, kpi.judge.at, calendar).length, kpi.judge.at),
    worstValue,
    worstValueText: formatValue(worstValue, style),
  };
}
