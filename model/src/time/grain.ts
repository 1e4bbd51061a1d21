/** The steps of time that a KPI is measured, judged or shown at, from fine to coarse. */
export const GRAINS = [
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'fiscal_quarter',
  'year',
  'fiscal_year',
] as const;

export type Grain = (typeof GRAINS)[number];

/** How long a period of a grain is on average, in milliseconds: for ordering and for sensible defaults only. */
export const GRAIN_MS: Record<Grain, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30.436875 * 86_400_000,
  quarter: 91.310625 * 86_400_000,
  fiscal_quarter: 91.310625 * 86_400_000,
  year: 365.2425 * 86_400_000,
  fiscal_year: 365.2425 * 86_400_000,
};

/** Grains of a day or longer are stored as civil dates at 00:00Z, finer ones as instants. */
export function isCivil(grain: Grain): boolean {
  return GRAIN_MS[grain] >= GRAIN_MS.day;
}

export function isFiner(a: Grain, b: Grain): boolean {
  return GRAIN_MS[a] < GRAIN_MS[b];
}

export function coarser(a: Grain, b: Grain): Grain {
  return isFiner(a, b) ? b : a;
}

/**
 * Whether periods of `fine` add up to whole periods of `coarse`. Weeks fit into nothing longer, and
 * calendar quarters fit a fiscal year only where it starts with one.
 */
export function nests(fine: Grain, coarse: Grain, fiscalYearStart = 1): boolean {
  if (fine === coarse) {
    return true;
  }
  if (!isFiner(fine, coarse)) {
    return GRAIN_MS[fine] === GRAIN_MS[coarse] && (fiscalYearStart - 1) % (fine.endsWith('year') ? 12 : 3) === 0;
  }
  if (fine === 'week') {
    return false;
  }
  if (fine === 'quarter' && coarse === 'fiscal_year') {
    return (fiscalYearStart - 1) % 3 === 0;
  }
  if (fine === 'fiscal_quarter' && coarse === 'year') {
    return (fiscalYearStart - 1) % 3 === 0;
  }
  return true;
}
