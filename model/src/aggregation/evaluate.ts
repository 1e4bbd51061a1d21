/**
 * The values of a KPI at an asked grain and slice. Collected KPIs are rolled up from their native steps; formulas are
 * evaluated over their rolled-up inputs, so that a ratio of sums never becomes a mean of ratios.
 */
import { type Catalogue, type Kpi, kpiOf } from '../catalogue/catalogue';
import { evaluateFormula, filledWindow, shiftBy, type Valued } from '../formula/evaluate';
import type { Formula } from '../formula/parse';
import type { Calendar } from '../time/calendar';
import { type Grain, isCivil } from '../time/grain';
import { convertTime, instantOf, type Period, periodAt, periodsBetween } from '../time/period';

import { type Completion, lifeOf } from './life';
import { inputsOf, parseWindow, requireDimension, requireGrain } from './resolve';
import { createSpans, type Spans, type SpanValue } from './spans';
import { collapse, type KpiSeries, type Steps } from './steps';

export interface EvaluateRequest {
  kpi: Kpi;
  catalogue: Catalogue;
  calendar: Calendar;
  /** the stored series of every input, by its id; see `inputsOf` */
  series: ReadonlyMap<string, readonly KpiSeries[]>;
  grain: Grain;
  /** only what carries an earlier time stamp is seen */
  asOf: number;
  split?: string;
  where?: Readonly<Record<string, readonly string[]>>;
}

export interface EvaluatedPoint extends SpanValue, Completion {
  start: number;
  end: number;
}

/** A KPI, or one slice of it, that can be asked for its value over any span. */
export interface Slice {
  /** member of the dimension that was split by; `''` for the whole */
  slice: string;
  /** the dimensions that are fixed to one member */
  labels: Readonly<Record<string, string>>;
  /** a choice of several members: neither the whole nor a slice that has thresholds of its own */
  isPartial: boolean;
  /** Value over the half-open [start, end), store times of the asked grain's kind. */
  over(start: number, end: number): SpanValue;
  /** The periods of the asked grain that touch [from, to). */
  points(from: number, to: number): EvaluatedPoint[];
  /** Starts of the first step with a value, or null. */
  begin: number | null;
  /** End of the last step for which every input has a value, or null. */
  end: number | null;
}

/**
 * @returns one entry a member when split, else exactly one
 * @throws KpiError KPI_GRAIN_TOO_FINE, KPI_ROLLUP_REFUSED, KPI_DIMENSION_UNKNOWN
 */
export function evaluate(request: EvaluateRequest): Slice[] {
  const { kpi, catalogue, calendar, grain, split, where = {} } = request;
  requireGrain(kpi, catalogue, grain, calendar);
  [...Object.keys(where), ...(split ? [split] : [])].forEach((d) => requireDimension(kpi, catalogue, d));
  const inputs = inputsOf(kpi, catalogue);
  const chosen = new Map(inputs.map((input) => [input.id, filter(request.series.get(input.id) ?? [], where)]));
  const fixed = Object.fromEntries(
    Object.entries(where).flatMap(([dimension, members]) => (members.length === 1 ? [[dimension, members[0]!]] : []))
  );
  const isPartial = Object.values(where).some((members) => members.length > 1);
  const slices = split ? membersOf(chosen, split) : [''];
  return slices.map((slice) => {
    const of = split
      ? new Map([...chosen].map(([id, series]) => [id, series.filter((one) => one.dims[split] === slice)]))
      : chosen;
    const labels = split ? { ...fixed, [split]: slice } : fixed;
    return createSlice(request, of, { slice, labels, isPartial });
  });
}

function filter(series: readonly KpiSeries[], where: Readonly<Record<string, readonly string[]>>): KpiSeries[] {
  const conditions = Object.entries(where).filter(([, members]) => members.length > 0);
  return series.filter((one) =>
    conditions.every(([dimension, members]) => members.includes(one.dims[dimension] ?? ''))
  );
}

function membersOf(series: ReadonlyMap<string, readonly KpiSeries[]>, split: string): string[] {
  const members = new Set<string>();
  for (const all of series.values()) {
    all.forEach((one) => members.add(one.dims[split] ?? ''));
  }
  return [...members].sort();
}

function createSlice(
  request: EvaluateRequest,
  series: ReadonlyMap<string, readonly KpiSeries[]>,
  identity: Pick<Slice, 'slice' | 'labels' | 'isPartial'>
): Slice {
  const { kpi, calendar, grain, asOf } = request;
  const valued = createValued(request, kpi, series);
  const over = (start: number, end: number) => valued.over(start, end);
  return {
    ...identity,
    over,
    begin: valued.begin,
    end: valued.end,
    points: (from, to) =>
      periodsBetween(from, to, grain, calendar)
        .filter((period) => instantOf(period.start, grain, calendar) < asOf)
        .map((period) => point(request, period, over(period.start, period.end))),
  };
}

function point({ kpi, calendar, asOf }: EvaluateRequest, period: Period, value: SpanValue): EvaluatedPoint {
  const completion = lifeOf(period, value.completeness, kpi.judge, asOf, calendar);
  return { start: period.start, end: period.end, ...value, ...completion };
}

function createValued(request: EvaluateRequest, kpi: Kpi, series: ReadonlyMap<string, readonly KpiSeries[]>): Valued {
  const inner = kpi.expression
    ? formulaValued(request, kpi, kpi.expression, series)
    : collectedValued(request, kpi, stepsOf(request, kpi, series));
  const window = parseWindow(kpi.trailing);
  const toDate = kpi.to_date;
  if (!window && !toDate) {
    return inner;
  }
  return {
    ...inner,
    over(start, end) {
      // A running period's window ends with its last value, so that it always holds as many steps.
      const until = inner.end !== null && inner.end > start && inner.end < end ? inner.end : end;
      if (window) {
        const shifted = filledWindow(inner.over(shiftBy(until, window.period, -window.n), until));
        return { ...shifted, completeness: Math.min(shifted.completeness, inner.over(start, end).completeness) };
      }
      return inner.over(periodAt(until - 1, toDate!, request.calendar).start, end);
    },
  };
}

/** The native steps of a collected KPI that carry an earlier time stamp than `asOf`. */
function stepsOf(
  { calendar, asOf }: EvaluateRequest,
  kpi: Kpi,
  series: ReadonlyMap<string, readonly KpiSeries[]>
): Steps | null {
  const until = isCivil(kpi.grain) ? calendar.toCivil(asOf - 1) + 1 : asOf;
  return collapse(kpi, series.get(kpi.id) ?? [], until, calendar);
}

const NOTHING: Valued = {
  over: () => ({ value: null, weight: null, completeness: 0, reason: 'no value has arrived' }),
  begin: null,
  end: null,
};

function collectedValued({ grain, calendar, asOf }: EvaluateRequest, kpi: Kpi, steps: Steps | null): Valued {
  if (!steps) {
    return NOTHING;
  }
  const now = isCivil(kpi.grain) ? calendar.toCivil(asOf) : asOf;
  const spans: Spans = createSpans(steps, kpi.aggregate.time, steps.grid.indexOf(now));
  const there = (time: number) => convertTime(time, grain, kpi.grain, calendar);
  const back = (time: number) => convertTime(time, kpi.grain, grain, calendar);
  return {
    over: (start, end) => spans.over(there(start), there(end)),
    begin: back(steps.grid.timeAt(0)),
    end: steps.end > 0 ? back(steps.grid.timeAt(steps.end)) : null,
  };
}

function formulaValued(
  request: EvaluateRequest,
  kpi: Kpi,
  formula: Formula,
  series: ReadonlyMap<string, readonly KpiSeries[]>
): Valued {
  const inputs = jointInputs(request, kpi, series);
  const ends = [...inputs.values()].map((input) => input.end);
  const begins = [...inputs.values()].map((input) => input.begin);
  const end = ends.includes(null) ? null : Math.min(...(ends as number[]));
  const begin = begins.includes(null) ? null : Math.max(...(begins as number[]));
  return {
    begin,
    end,
    over(start, spanEnd) {
      const until = end !== null && end > start && end < spanEnd ? end : spanEnd;
      const result = evaluateFormula(formula, { inputs, start, end: until, calendar: request.calendar });
      const whole =
        until === spanEnd
          ? result
          : evaluateFormula(formula, { inputs, start, end: spanEnd, calendar: request.calendar });
      return { ...result, completeness: whole.completeness };
    },
  };
}

/** The inputs of a formula, cut to the steps that all inputs of the same grain have. */
function jointInputs(
  request: EvaluateRequest,
  kpi: Kpi,
  series: ReadonlyMap<string, readonly KpiSeries[]>
): ReadonlyMap<string, Valued> {
  const { catalogue } = request;
  const collected = kpi.inputs
    .map((id) => kpiOf(catalogue, id))
    .filter((input) => !input.formula && !input.trailing && !input.to_date);
  const lines = new Map<string, Steps>();
  for (const input of collected) {
    const steps = stepsOf(request, input, series);
    if (steps) {
      lines.set(input.id, steps);
    }
  }
  for (const grain of new Set(collected.map((input) => input.grain))) {
    maskMissing(collected.filter((input) => input.grain === grain).flatMap((input) => lines.get(input.id) ?? []));
  }
  return new Map(
    kpi.inputs.map((id): [string, Valued] => {
      const input = kpiOf(catalogue, id);
      if (!collected.includes(input)) {
        return [id, createValued(request, input, series)];
      }
      return [id, collectedValued(request, input, lines.get(id) ?? null)];
    })
  );
}

/** Makes a step unknown in all lines where it is unknown in one. */
function maskMissing(lines: readonly Steps[]): void {
  for (const line of lines) {
    for (const other of lines) {
      if (other === line) {
        continue;
      }
      const offset = other.grid.indexOf(line.grid.start);
      for (let i = 0; i < line.values.length; i++) {
        const j = i + offset;
        if (j < 0 || j >= other.values.length || Number.isNaN(other.values[j]!)) {
          line.values[i] = NaN;
        }
      }
    }
  }
}
