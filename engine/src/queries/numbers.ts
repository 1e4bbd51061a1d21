/** One number a KPI, as alert rules take it. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FieldConfig, Frame, FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { numberField } from '../frames/field';
import { emptyFrame, numericFrame, withNotices } from '../frames/frame';
import { numericLabels } from '../frames/labels';

import { answerMeta, type Context } from './context';
import { lineName } from './names';

export interface KpiNumber {
  kpi: Kpi;
  /** the dimensions that are fixed to one member */
  labels: Readonly<Record<string, string>>;
  /** the member that was split by; `''` for the whole */
  slice: string;
  value: number | null;
  /** labels beside those that identify it */
  texts?: Readonly<Record<string, string>>;
}

export interface KpiNumbers {
  numbers: readonly KpiNumber[];
  /** KPIs that there is no number of */
  silent: readonly Kpi[];
  notices: NonNullable<FrameMeta['notices']>;
}

/**
 * One frame a KPI and slice, its field named after the measure. A frame that goes missing would resolve a firing alert, so
 * what is not known is a null.
 */
export function numberFrames(
  query: RequestQuery,
  context: Context,
  { numbers, silent, notices }: KpiNumbers,
  measure: string,
  configOf: (kpi: Kpi, name: string) => FieldConfig
): Frame[] {
  const kpis = new Set([...numbers.map(({ kpi }) => kpi), ...silent]).size;
  const all: KpiNumber[] = [...numbers, ...silent.map((kpi) => ({ kpi, labels: {}, slice: '', value: null }))];
  const frames = all.map((one) => {
    const { kpi, labels, value, texts } = one;
    const grain = kpi.judge.at;
    const name = silent.includes(kpi) ? kpi.name : lineName(one, query, kpis);
    const field = numberField(measure, [value], {
      labels: { ...numericLabels(kpi, grain, labels), ...texts },
      config: configOf(kpi, name),
    });
    return numericFrame(name, field, { meta: answerMeta(query, context, { grain }) });
  });
  return frames.length > 0
    ? withNotices(frames, notices)
    : [emptyFrame('numeric-multi', { meta: answerMeta(query, context), notices })];
}
