import type { History } from '../options';

import { type Forecast, isKnown } from './forecast';

const LEAST = 12;
/** Where there is no forecast yet. */
const ALONE = 36;
/** A forecast takes a quarter of the width at least: less, and its bands cannot be told apart. */
const TIMES_FORECAST = 3;
/** A season is shown whole where the forecast does not get lost beside it. */
const SEASON_TIMES_FORECAST = 6;

/** The first row that is shown. */
export function shownFrom({ times, forecast, facts }: Forecast, history: History): number {
  const first = forecast.findIndex(isKnown);
  const over = first >= 0 ? first : times.filter((time) => time < facts.now).length;
  const kept = history === 'auto' ? automatic(times.length - over, first >= 0, facts.season) : history;
  return kept === 'all' ? 0 : Math.max(0, over - kept);
}

function automatic(ahead: number, isForecast: boolean, season: number | null): number {
  if (!isForecast) {
    return ALONE;
  }
  const whole = season !== null && season <= SEASON_TIMES_FORECAST * ahead ? season : 0;
  return Math.max(LEAST, TIMES_FORECAST * ahead, whole);
}
