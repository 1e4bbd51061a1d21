/** `forecast`: where values are going, as lines with bands; the likeliest to miss its target comes first. */
import { KpiError } from '@kpi-monitor/model/errors';
import type { ForecastFacts, Mark } from '@kpi-monitor/model/query/forecast-frames';
import type { Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { instantOf, periodAt } from '@kpi-monitor/model/time/period';

import { bandsAt } from '../forecasting/bands-at';
import { marksOf } from '../forecasting/marks';
import { REACH } from '../forecasting/reach';
import { judgementOf, riskOf } from '../forecasting/risk';
import { riskText } from '../forecasting/risk-text';
import { numberField, timeField } from '../frames/field';
import { bandConfig, comparisonConfig, forecastConfig, valueConfig } from '../frames/field-config';
import { emptyFrame, wideFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';

import { type Answerer, answerMeta, type Context } from './context';
import { grainOf } from './grain';
import { requireFewer } from './limit';
import { lineName } from './names';
import { type Going, readOutlooks } from './outlooks';
import { storeRange } from './range';

export const answerForecast: Answerer = async (query, context) => {
  if (query.format === 'table' || query.format === 'numeric') {
    const message = 'a forecast is answered as lines; ask for `forecastRisk` as a table or as numbers';
    throw new KpiError('QUERY_INVALID', message, { format: query.format });
  }
  const { going, silent, notices } = await readOutlooks(query, context, (kpi) => grainOf(kpi, query, context));
  const kpis = new Set([...going.map(({ kpi }) => kpi), ...silent]).size;
  const byRisk = going
    .map((one) => ({ one, miss: riskOf(one.kpi, one.judged, context)?.missProbability ?? -1 }))
    .sort((a, b) => b.miss - a.miss);
  const marks = await marksOf(
    byRisk.map(({ one }) => one),
    context
  );
  const frames = byRisk.map(({ one }, i) => lineFrame(one, marks[i] ?? [], query, kpis, context));
  if (frames.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices })];
  }
  const unmarked = marks.filter((one) => one === null).length;
  const text = `what stood out is still being looked for in ${unmarked} of ${marks.length} KPIs`;
  return withNotices(frames, unmarked > 0 ? [...notices, { severity: 'info', text }] : notices);
};

interface Row {
  time: number;
  value: number | null;
  /** at which step of the forecast; null for what is over and known */
  ahead: number | null;
}

function lineFrame(going: Going, marks: Mark[], query: RequestQuery, kpis: number, context: Context): Frame {
  const { kpi, slice, labels, outlook } = going;
  const { calendar, range, limits } = context;
  const { grain, open, line } = outlook;
  const name = lineName({ kpi, slice }, query, kpis);
  const shown = storeRange(range, grain, calendar);
  const horizon = query.horizon ?? REACH[grain].shown;
  const points = outlook.slice.points(shown.from, shown.to);
  requireFewer(kpi, points.length + horizon, limits);
  const steps = line.state === 'ready' ? line.periods : [];
  const stepOf = new Map(steps.map(({ start }, h) => [start, h]));
  const isKnown = (start: number, value: number | null) => value !== null && start < open.start;
  const rows: Row[] = points.map(({ start, value }) => ({
    time: start,
    value,
    ahead: isKnown(start, value) ? null : (stepOf.get(start) ?? null),
  }));
  const last = rows.at(-1)?.time ?? -Infinity;
  steps.forEach(({ start }, h) => {
    if (start > last && start >= shown.from && countAfter(steps, open.start, h) <= horizon) {
      rows.push({ time: start, value: null, ahead: h });
    }
  });
  const bands = bandsAt(outlook, rows);
  const its = marks.filter(({ time }) => time >= shown.from);
  const facts: ForecastFacts = { ...factsOf(going, context), marks: its };
  const column = (field: keyof typeof bands) => bands[field];
  const field = (id: string, values: Array<number | null>, config: Parameters<typeof numberField>[2]) =>
    numberField(id, values, { labels: seriesLabels(kpi, labels), ...config });
  const targets = rows.map(({ time }) => judgementOf(kpi, outlook, periodAt(time, grain, calendar), context).target);
  return wideFrame(
    name,
    [
      timeField(
        'time',
        rows.map(({ time }) => time)
      ),
      field(
        'value',
        rows.map(({ value }) => value),
        {
          config: valueConfig(kpi, { displayName: name, steps: null, isFinal: false }),
        }
      ),
      field('forecast', column('forecast'), { config: forecastConfig(kpi, `${name} forecast`) }),
      ...(['lower50', 'upper50', 'lower90', 'upper90'] as const).map((id) =>
        field(id, column(id), { config: bandConfig(kpi, name, id) })
      ),
      field('target', targets, { config: comparisonConfig(kpi, `${name} target`, true) }),
    ],
    { meta: { ...answerMeta(query, context, { grain, partial: partialOf(points) }), forecast: facts } }
  );
}

/** How many of the steps up to `h` are later than the open period. */
function countAfter(steps: ReadonlyArray<{ start: number }>, open: number, h: number): number {
  const first = steps.findIndex(({ start }) => start > open);
  return first < 0 ? 0 : h - first + 1;
}

function partialOf(points: ReadonlyArray<{ start: number; life: string; value: number | null }>): number[] {
  return points.filter(({ life, value }) => life === 'open' && value !== null).map(({ start }) => start);
}

function factsOf({ kpi, slice, outlook, judged }: Going, context: Context): Omit<ForecastFacts, 'marks'> {
  const { calendar } = context;
  const { grain, open, line } = outlook;
  const risk = riskOf(kpi, judged, context);
  const text = risk && riskText(kpi, risk, judged.open, calendar);
  const fit = line.state === 'ready' ? line.fit : null;
  return {
    kpi: kpi.id,
    name: kpi.name,
    slice,
    grain,
    state: line.state,
    text: line.state === 'ready' ? '' : line.text,
    now: open.start,
    sentence: text?.sentence ?? '',
    sense: text?.sense ?? 'neutral',
    direction: kpi.direction,
    boundaries: judgementOf(kpi, outlook, open, context).boundaries,
    models: fit?.models ?? [],
    backTest: backTestOf(fit),
    season: fit?.season ?? null,
    fittedUntil: line.state === 'ready' ? instantOf(line.periods[0]!.start, grain, calendar) : null,
    unit: kpi.unit,
    decimals: kpi.decimals,
  };
}

function backTestOf(
  fit: {
    error: { relativeToNaive: number | null; mape: number | null; coverage: number | null; origins: number };
  } | null
) {
  if (!fit || fit.error.coverage === null) {
    return null;
  }
  const { relativeToNaive, mape, coverage, origins } = fit.error;
  return { relativeToNaive: relativeToNaive ?? 1, mape, coverage, origins };
}
