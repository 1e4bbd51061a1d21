/** Where open periods land by forecasts that have proven better than the pace, for cards: looked up, never waited for. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { periodNow } from '@kpi-monitor/model/time/period';

import { meaningKey } from './meaning-key';

interface Foretold {
  /** start of the open period */
  period: number;
  /** when it was foretold */
  asOf: number;
  expected: number;
}

export interface Landings {
  keep(kpi: Kpi, landing: Foretold | null): void;
  /** Whether its forecasts have proven better; they are not told before. */
  trust(kpi: Kpi, isProven: boolean): void;
  /** Of a whole KPI, as of a time; undefined where no forecast has proven better, or none is recent enough. */
  of(kpi: Kpi, asOf: number, calendar: Calendar): number | undefined;
}

/** A card that looks at last June is not told what is expected today. */
const RECENT_MS = 30 * 60_000;

export function createLandings(): Landings {
  const kept = new Map<string, Foretold>();
  const trusted = new Set<string>();
  return {
    keep(kpi, landing) {
      if (landing) {
        kept.set(meaningKey(kpi), landing);
      } else {
        kept.delete(meaningKey(kpi));
      }
    },
    trust(kpi, isProven) {
      if (isProven) {
        trusted.add(meaningKey(kpi));
      } else {
        trusted.delete(meaningKey(kpi));
      }
    },
    of(kpi, asOf, calendar) {
      const key = meaningKey(kpi);
      const found = trusted.has(key) ? kept.get(key) : undefined;
      const isOfNow = found && Math.abs(asOf - found.asOf) <= RECENT_MS;
      return isOfNow && periodNow(asOf, kpi.judge.at, calendar).start === found.period ? found.expected : undefined;
    },
  };
}
