/** The forecast of a series: the candidates that did best in its own past, combined, with bands as wide as their misses. */
import { backTest, forecastsFrom, seasonsOf, type History, type Origin } from './back-test';
import { widthsOf } from './band';
import type { Calendar } from './candidates/candidate';
import { combined, weightsOf } from './combine';
import { withoutGaps } from './gaps';
import type { Band, ForecastFit, ForecastRefusal, ForecastSeries } from './series';
import { withoutWild } from './wild';

const LEAST_VALUES = 12;
/** What is older says little of what comes, and takes its time. */
const LONGEST_PAST = 1500;
/** Above this share of zeros a median forecast would be zero: only those that foretell the mean take part. */
const INTERMITTENT = 0.4;
const OF_MEANS = ['exponential smoothing', 'seasonal smoothing', 'returning ARIMA'];

/**
 * Deterministic. Candidates are back-tested on up to eight origins within the history, half a horizon apart.
 * @throws RangeError when the horizon is not a whole number above zero
 */
export function fitForecast({
  values,
  seasons,
  horizon,
  bounds = {},
  calendar,
}: ForecastSeries): ForecastFit | ForecastRefusal {
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new RangeError(`a horizon is a whole number of steps above zero, not ${horizon}`);
  }
  const known = Float64Array.from(values, (value) => (Number.isFinite(value) ? value : NaN));
  const first = known.findIndex((value) => value === value);
  const last = known.findLastIndex((value) => value === value);
  const has = known.filter((value) => value === value).length;
  const needs = Math.max(LEAST_VALUES, horizon);
  if (has < needs) {
    return { state: 'refused', has, needs };
  }
  // What is missing at the end is forecast too, and left out of the answer.
  const skipped = known.length - 1 - last;
  const reach = horizon + skipped;
  const start = Math.max(first, last + 1 - Math.max(LONGEST_PAST, 3 * Math.max(1, ...seasons)));
  const past = known.subarray(start, last + 1);
  const used = seasonsOf(seasons, past.length);
  const season = used[0] ?? null;
  const its = calendar && from(calendar, start);
  const history: History = {
    values: withoutGaps(withoutWild(past, season, its?.holidays), season),
    seasons: used,
    ...(its && { calendar: its }),
  };
  const zeros = past.filter((value) => value === 0).length;
  const isIntermittent =
    zeros > INTERMITTENT * past.filter((value) => value === value).length && past.some((value) => value !== 0);
  const origins = backTest(history, reach).map((origin) => (isIntermittent ? only(origin, OF_MEANS) : origin));
  const forecasts = forecastsFrom(history, past.length, reach);
  const weights = weightsOf(
    origins,
    isIntermittent ? OF_MEANS.filter((name) => forecasts.has(name)) : forecasts.keys()
  );
  const point = combined(forecasts, weights);
  const tested = origins.map((origin) => ({ ...origin, forecast: combined(origin.forecasts, weights) }));
  const isPositive = history.values.every((value) => value > 0);
  const { half50, half90 } = widthsOf(tested, point, isPositive)!;
  const within = (value: number) => Math.min(bounds.max ?? Infinity, Math.max(bounds.min ?? -Infinity, value));
  const band = (half: Float64Array): Band => ({
    lower: point.map((value, h) => within(value - half[h]!)).subarray(skipped),
    upper: point.map((value, h) => within(value + half[h]!)).subarray(skipped),
  });
  return {
    state: 'ready',
    point: point.map(within).subarray(skipped),
    band50: band(half50),
    band90: band(half90),
    models: [...weights].map(([name, weight]) => ({ name, weight })),
    error: {
      relativeToNaive: relativeToNaive(tested),
      mape: percentageError(tested),
      coverage: coverageOf(tested, isPositive),
      origins: tested.length,
    },
    together: togetherness(tested),
    backTest: tested.flatMap(({ at, actual, forecast }) =>
      [...actual].map((value, h) => ({
        origin: start + at,
        step: h + 1,
        forecast: within(forecast[h]!),
        actual: value,
      }))
    ),
    season: used.at(-1) ?? null,
  };
}

interface Tested extends Origin {
  /** of the combination */
  forecast: Float64Array;
}

function only(origin: Origin, names: readonly string[]): Origin {
  return {
    ...origin,
    forecasts: new Map([...origin.forecasts].filter(([name]) => names.includes(name) || name === NAIVE)),
  };
}

const NAIVE = 'seasonal naive';

function from({ weekday, yearPhase, holidays }: Calendar, first: number): Calendar {
  return {
    weekday: Array.from(weekday).slice(first),
    yearPhase: Array.from(yearPhase).slice(first),
    holidays: holidays.slice(first),
  };
}

function relativeToNaive(tested: readonly Tested[]): number | null {
  let own = 0;
  let naive = 0;
  for (const { actual, forecast, forecasts } of tested) {
    actual.forEach((value, h) => {
      own += Math.abs(value - forecast[h]!);
      naive += Math.abs(value - forecasts.get(NAIVE)![h]!);
    });
  }
  return naive > 0 ? own / naive : null;
}

function percentageError(tested: readonly Tested[]): number | null {
  const shares = tested.flatMap(({ actual, forecast }) =>
    [...actual].map((value, h) => Math.abs((value - forecast[h]!) / value))
  );
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Number.isFinite(mean) ? 100 * mean : null;
}

/** Each origin inside the band that the others make. */
function coverageOf(tested: readonly Tested[], isPositive: boolean): number | null {
  let inside = 0;
  let count = 0;
  for (const one of tested) {
    const widths = widthsOf(
      tested.filter((other) => other !== one),
      one.forecast,
      isPositive
    );
    if (!widths) {
      return null;
    }
    one.actual.forEach((value, h) => (inside += Math.abs(value - one.forecast[h]!) <= widths.half90[h]! ? 1 : 0));
    count += one.actual.length;
  }
  return (100 * inside) / count;
}

/** How much of the errors' square is that of their mean by origin: 1 / steps when they are independent, 1 when they are one. */
function togetherness(tested: readonly Tested[]): number {
  const steps = tested[0]!.actual.length;
  if (steps < 2) {
    return 1;
  }
  let ofMeans = 0;
  let ofAll = 0;
  for (const { actual, forecast } of tested) {
    const errors = actual.map((value, h) => value - forecast[h]!);
    ofMeans += (errors.reduce((sum, error) => sum + error, 0) / steps) ** 2;
    ofAll += errors.reduce((sum, error) => sum + error ** 2, 0) / steps;
  }
  const share = ofAll > 0 ? ofMeans / ofAll : 0;
  return Math.min(1, Math.max(0, (share * steps - 1) / (steps - 1)));
}
