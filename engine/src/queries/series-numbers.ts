/** `series` as one number a KPI (or member): its last final value, or with `basis: current` its newest. */
import type { EvaluatedPoint } from '@kpi-monitor/model/aggregation/evaluate';
import type { Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { numberField } from '../frames/field';
import { valueConfig } from '../frames/field-config';
import { emptyFrame, numericFrame, withNotices } from '../frames/frame';
import { numericLabels } from '../frames/labels';

import { answerMeta, type Context } from './context';
import { grainOf } from './grain';
import { type Lines, stepsOfLine } from './line';
import { lineName } from './names';

export function seriesNumbers(query: RequestQuery, { lines, notices, kpis }: Lines, context: Context): Frame[] {
  const frames = lines.map((line) => {
    const { kpi, slice, grain } = line;
    const shown = chosen(line.points, query.basis ?? 'settled');
    const points = shown ? line.points.slice(0, line.points.indexOf(shown) + 1) : [];
    const name = lineName({ kpi, slice: slice.slice }, query, kpis.length);
    const steps = stepsOfLine({ ...line, points }, context);
    return numericFrame(
      name,
      numberField('value', [shown?.value ?? null], {
        labels: numericLabels(kpi, grain, slice.labels),
        config: valueConfig(kpi, { displayName: name, steps, isFinal: shown?.life === 'settled' }),
      }),
      { meta: answerMeta(query, context, { grain }) }
    );
  });
  // A frame that goes missing would resolve a firing alert: what is not known is a null.
  for (const kpi of kpis.filter((one) => !lines.some((line) => line.kpi === one))) {
    const grain = grainOf(kpi, query, context);
    const config = valueConfig(kpi, { displayName: kpi.name, steps: null, isFinal: false });
    const value = numberField('value', [null], { labels: numericLabels(kpi, grain, {}), config });
    frames.push(numericFrame(kpi.name, value, { meta: answerMeta(query, context, { grain }) }));
  }
  if (frames.length === 0) {
    return [emptyFrame('numeric-multi', { meta: answerMeta(query, context), notices })];
  }
  return withNotices(frames, notices);
}

function chosen(points: readonly EvaluatedPoint[], basis: 'settled' | 'current'): EvaluatedPoint | null {
  const known = (point: EvaluatedPoint) => point.value !== null;
  const newest = points.findLast(known) ?? null;
  return basis === 'current' ? newest : (points.findLast((p) => known(p) && p.life === 'settled') ?? newest);
}
