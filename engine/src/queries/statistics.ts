/** Figures and tests of a line, each with what it means in words. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDifference, formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { StatisticRow } from '@kpi-monitor/model/query/analysis-frames';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';

import type { TaskOutput } from '../work/tasks';

import type { AnalysedLine } from './analysed-lines';
import { periodCount, spokenGrain } from './names';
import { type Grouping, mean } from './period-groups';

type Found = TaskOutput<'distribution'>;

/** What would be found by chance one time in twenty. */
const SIGNIFICANT = 0.05;
/** Outliers that are named. */
const NAMED = 2;

/** @param line of which `found` was found */
export function statisticRows(
  line: AnalysedLine,
  found: Found,
  groupings: readonly Grouping[],
  calendar: Calendar
): StatisticRow[] {
  const { kpi, grain, times, values } = line;
  const { description: told, limits, outliers } = found;
  if (!told) {
    return [];
  }
  const say = wordsOf(kpi, calendar);
  const period = (index: number) => formatPeriod(times[index]!, grain, calendar);
  const at = (value: number) => period(values.indexOf(value));
  const row = (id: string, name: string, value: number, text: string, valueText = say.value(value)): StatisticRow => ({
    ...{ id, name, value: Number.isFinite(value) ? value : null, valueText, text },
  });
  const each = spokenGrain(grain);
  return [
    row('count', 'Values', told.count, `${periodCount(told.count, grain)} from ${period(0)} on`, say.count(told.count)),
    row('median', 'Median', told.median, `half of the ${each}s are below`),
    row('mean', 'Mean', told.mean, meanText(told)),
    row(
      'spread',
      'Middle half',
      told.upperQuartile - told.lowerQuartile,
      `half of the ${each}s lie between`,
      `${say.value(told.lowerQuartile)} to ${say.value(told.upperQuartile)}`
    ),
    row('min', 'Lowest', told.min, at(told.min)),
    row('max', 'Highest', told.max, at(told.max)),
    row(
      'deviation',
      'Standard deviation',
      told.deviation,
      'how far values usually are from the mean',
      say.difference(told.deviation)
    ),
    limits
      ? row(
          'limits',
          'Usual variation',
          limits.upper - limits.lower,
          'outside of this, the next value is news (XmR chart)',
          `${say.value(limits.lower)} to ${say.value(limits.upper)}`
        )
      : unknown('limits', 'Usual variation', 'needs 12 values'),
    trendRow(line, found, say),
    outlierRow(outliers.map(period), told.count, say),
    normalityRow(found),
    ...groupings.map(({ by, groups }, i) => groupsRow(by, groups, found.differ[i] ?? null)),
  ];
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf(kpi: Kpi, calendar: Calendar) {
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const isScore = kpi.kind === 'score' && !kpi.unit.startsWith('currency');
  return {
    value: (value: number) => formatValue(value, style),
    difference: (value: number) => formatDifference(value, style, isScore),
    count: (value: number) => formatValue(value, { ...style, unit: 'none', decimals: 0 }),
  };
}

function unknown(id: string, name: string, text: string): StatisticRow {
  return { id, name, value: null, valueText: '–', text };
}

function meanText({ mean: average, median, deviation }: NonNullable<Found['description']>): string {
  const apart = (average - median) / deviation;
  if (Math.abs(apart) > 0.2) {
    return apart > 0
      ? 'above the median: a few high values pull it up'
      : 'below the median: a few low values pull it down';
  }
  return 'near the median';
}

function trendRow({ grain, values }: AnalysedLine, { trend }: Found, say: Words): StatisticRow {
  // A rise is not told by a year from months.
  const span: Grain = values.length * GRAIN_MS[grain] >= 0.95 * GRAIN_MS.year ? 'year' : 'month';
  const name = `Trend per ${span}`;
  if (!trend) {
    return unknown('trend', name, 'needs 8 values');
  }
  const rise = (trend.slope * GRAIN_MS[span]) / GRAIN_MS[grain];
  const text =
    trend.p < SIGNIFICANT
      ? `it ${rise > 0 ? 'rises' : 'falls'}, beyond chance (${chance(trend.p)})`
      : `no rise or fall beyond chance (${chance(trend.p)})`;
  return { id: 'trend', name, value: rise, valueText: say.difference(rise), text };
}

function outlierRow(periods: readonly string[], count: number, say: Words): StatisticRow {
  const named = periods.slice(0, NAMED).join(', ');
  const more = periods.length > NAMED ? ` and ${periods.length - NAMED} more` : '';
  const text = periods.length > 0 ? `far from the rest: ${named}${more}` : 'none lies far from the rest';
  const valueText = `${say.count(periods.length)} of ${say.count(count)}`;
  return { id: 'outliers', name: 'Outliers', value: periods.length, valueText, text };
}

function normalityRow({ normality, description }: Found): StatisticRow {
  const name = 'Normal distribution';
  if (!normality) {
    return unknown('normality', name, 'needs 20 values that vary');
  }
  const { p } = normality;
  const { skewness } = description!;
  const tail = Math.abs(skewness) > 0.5 ? `, long tail ${skewness > 0 ? 'above' : 'below'}` : '';
  const text =
    p < SIGNIFICANT
      ? `the values are not normally distributed (${chance(p)})${tail}`
      : `the values may be normally distributed (${chance(p)})`;
  return { id: 'normality', name, value: p, valueText: p < SIGNIFICANT ? 'no' : 'maybe', text };
}

function groupsRow(by: string, groups: Grouping['groups'], tested: Found['differ'][number]): StatisticRow {
  const id = `by${by}`;
  const name = `${by}s differ`;
  if (!tested) {
    return unknown(id, name, 'nothing varies');
  }
  const ranked = groups.toSorted((a, b) => mean(b.values) - mean(a.values));
  const [highest, lowest] = [ranked[0]!.name, ranked.at(-1)!.name];
  const isSo = tested.p < SIGNIFICANT;
  const text = isSo
    ? `highest: ${highest}, lowest: ${lowest}, beyond chance (${chance(tested.p)})`
    : `no difference beyond chance (${chance(tested.p)})`;
  return { id, name, value: tested.p, valueText: isSo ? 'yes' : 'not shown', text };
}

function chance(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}
