/** What has to be read to know a KPI: its inputs, from how far back, and at which grains it may be asked. */
import { type Catalogue, type Kpi, kpiOf } from '../catalogue/catalogue';
import { DEFAULT_CARRY } from '../catalogue/defaults';
import { KpiError } from '../errors';
import { type FormulaPeriod, visit } from '../formula/parse';
import type { Calendar } from '../time/calendar';
import { coarser, GRAIN_MS, type Grain, isFiner, nests } from '../time/grain';

import { carriesOver } from './steps';

/** The collected KPIs and measures behind a KPI, each once; itself when it is collected. */
export function inputsOf(kpi: Kpi, catalogue: Catalogue): Kpi[] {
  if (!kpi.formula) {
    return [kpi];
  }
  return [...new Set(kpi.inputs.flatMap((id) => inputsOf(kpiOf(catalogue, id), catalogue)))];
}

/** The finest grain at which a KPI has values: its own, or its coarsest input's. */
export function nativeGrain(kpi: Kpi, catalogue: Catalogue): Grain {
  return inputsOf(kpi, catalogue)
    .map((input) => input.grain)
    .reduce(coarser);
}

/** The dimensions by which a KPI may be split: those that it and all of its inputs declare. */
export function dimensionsOf(kpi: Kpi, catalogue: Catalogue): string[] {
  const inputs = inputsOf(kpi, catalogue);
  const candidates = kpi.formula && kpi.dimensions.length === 0 ? inputs[0]!.dimensions : kpi.dimensions;
  return candidates.filter((dimension) => inputs.every((input) => input.dimensions.includes(dimension)));
}

/** @throws KpiError KPI_GRAIN_TOO_FINE, KPI_ROLLUP_REFUSED */
export function requireGrain(kpi: Kpi, catalogue: Catalogue, grain: Grain, calendar: Calendar): void {
  const native = nativeGrain(kpi, catalogue);
  if (isFiner(grain, native)) {
    throw new KpiError(
      'KPI_GRAIN_TOO_FINE',
      `\`${kpi.id}\` has one value a ${native}; ask for ${native} or coarser, not ${grain}`,
      {
        kpi: kpi.id,
        grain,
        native,
      }
    );
  }
  for (const input of inputsOf(kpi, catalogue)) {
    const refused = input.grain !== grain && input.aggregate.time === 'none';
    if (refused || !nests(input.grain, grain, calendar.fiscalYearStart)) {
      throw new KpiError('KPI_ROLLUP_REFUSED', `\`${input.id}\` may not be rolled up from ${input.grain} to ${grain}`, {
        kpi: kpi.id,
        input: input.id,
        grain,
      });
    }
  }
}

/** @throws KpiError KPI_DIMENSION_UNKNOWN */
export function requireDimension(kpi: Kpi, catalogue: Catalogue, dimension: string): void {
  const known = dimensionsOf(kpi, catalogue);
  if (!known.includes(dimension)) {
    const offer = known.length > 0 ? `it can be split by ${known.join(', ')}` : 'it has no dimensions';
    throw new KpiError('KPI_DIMENSION_UNKNOWN', `\`${kpi.id}\` has no dimension \`${dimension}\`; ${offer}`, {
      kpi: kpi.id,
      dimension,
    });
  }
}

/** How far before the start of a range a KPI's values have to be read, in milliseconds. */
export function lookBack(kpi: Kpi, catalogue: Catalogue): number {
  const own = windowMs(kpi.trailing) + (kpi.to_date ? GRAIN_MS[kpi.to_date] : 0);
  const carried = carriesOver(kpi) ? (kpi.carry ?? DEFAULT_CARRY) * GRAIN_MS[kpi.grain] : 0;
  if (!kpi.expression) {
    return own + carried;
  }
  let reach = 0;
  visit(kpi.expression, (node) => {
    if (node.op === 'prev' || node.op === 'toDate') {
      reach += GRAIN_MS[node.period];
    } else if (node.op === 'trailing') {
      reach += node.n * GRAIN_MS[node.period];
    }
  });
  const inputs = kpi.inputs.map((id) => lookBack(kpiOf(catalogue, id), catalogue));
  return own + reach + Math.max(0, ...inputs);
}

/** `12 months` as a number and a period; null without a window. */
export function parseWindow(window: string | undefined): { n: number; period: FormulaPeriod } | null {
  const match = /^(\d+) (day|week|month|quarter|year)s?$/.exec(window ?? '');
  return match ? { n: Number(match[1]), period: match[2] as FormulaPeriod } : null;
}

function windowMs(window: string | undefined): number {
  const parsed = parseWindow(window);
  return parsed ? parsed.n * GRAIN_MS[parsed.period] : 0;
}
