/** Alerts: episodes as those see them who have to do something, by the clock on which they became known. */
import type { Level } from '../status';

import { type Episode, episodesOf, type JudgedPeriod } from './history';

export interface AlertPeriod extends JudgedPeriod {
  level: Level;
  /** the instant from which its level was known */
  knownAt: number;
}

/** An episode: one alert, for as long as it is not normal in between. */
export interface Alert extends Episode {
  /** its settled periods, oldest first: at least one */
  course: AlertPeriod[];
  raisedAt: number;
  /** when the next normal period was known; null while it goes on */
  recoveredAt: number | null;
}

/**
 * @param periods of one slice, oldest first
 * @param knownAt the instant from which a period's level is known
 * @param asOf what is seen now was known now, however early
 */
export function alertsOf(
  periods: readonly JudgedPeriod[],
  knownAt: (period: JudgedPeriod) => number,
  asOf: number
): Alert[] {
  const judged = periods.filter((period): period is JudgedPeriod & { level: Level } => period.level !== null);
  const known = (period: JudgedPeriod) => Math.min(knownAt(period), asOf);
  return episodesOf(judged).map((episode) => {
    const course = judged
      .filter(({ start }) => start >= episode.from && start < episode.to)
      .map((period) => ({ ...period, knownAt: known(period) }));
    const recovery = judged.find(({ start }) => start >= episode.to);
    return {
      ...episode,
      course,
      raisedAt: course[0]!.knownAt,
      recoveredAt: recovery ? known(recovery) : null,
    };
  });
}
