/** What a query or an expression of a rule gives: numbers or series by label set, no data, or an error. */
import type { Frame, FrameField } from '../query/frames';

import type { Labels } from './labels';

export interface NumberValue {
  kind: 'number';
  labels: Labels;
  /** null is "no data" of this one label set; NaN is what arithmetic on missing points gives */
  value: number | null;
}

export interface SeriesValue {
  kind: 'series';
  labels: Labels;
  /** oldest first */
  points: ReadonlyArray<number | null>;
}

export type Value = NumberValue | SeriesValue;

export interface EvaluationError {
  message: string;
  /** the query that failed; absent when the rule itself is at fault */
  refId?: string;
  datasourceUid?: string;
}

export type Outcome =
  { kind: 'values'; values: readonly Value[] } | { kind: 'no data' } | { kind: 'error'; error: EvaluationError };

export const NO_DATA: Outcome = { kind: 'no data' };

/**
 * Reads frames of the engine as Grafana's expressions would: one number a `numeric-multi` frame, one series a value
 * field of a time series. No frame, or a first one without fields, is no data.
 */
export function readFrames(frames: readonly Frame[]): Outcome {
  const [first] = frames;
  if (!first || first.schema.fields.length === 0) {
    return NO_DATA;
  }
  switch (first.schema.meta?.type) {
    case 'numeric-multi':
      return { kind: 'values', values: frames.flatMap((frame) => numbersOf(frame).slice(0, 1)) };
    case 'timeseries-multi':
      return { kind: 'values', values: frames.flatMap((frame) => seriesOf(frame).slice(0, 1)) };
    case 'timeseries-wide':
      return { kind: 'values', values: frames.flatMap(seriesOf) };
    default: {
      const message = 'the answer is a table, which no rule can be made of: set `format: numeric` in the query';
      return { kind: 'error', error: { message } };
    }
  }
}

function numbersOf(frame: Frame): Value[] {
  return valueFields(frame).map(({ field, values }) => ({
    kind: 'number',
    labels: field.labels ?? {},
    value: numberOf(values[0]),
  }));
}

function seriesOf(frame: Frame): Value[] {
  return valueFields(frame).map(({ field, values }) => ({
    kind: 'series',
    labels: field.labels ?? {},
    points: values.map(numberOf),
  }));
}

function valueFields({ schema, data }: Frame): Array<{ field: FrameField; values: readonly unknown[] }> {
  return schema.fields
    .map((field, i) => ({ field, values: data.values[i] ?? [] }))
    .filter(({ field }) => field.type === 'number');
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
