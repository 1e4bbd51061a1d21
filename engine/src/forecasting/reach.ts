/** From how much a forecast is made, and how far it reaches, by grain. */
import type { Grain } from '@kpi-monitor/model/time/grain';

interface Reach {
  /** periods of history that are learned from, at most */
  history: number;
  /** periods that every fit covers, so that all who ask share it */
  fitted: number;
  /** periods beyond the open one that are shown unless asked otherwise */
  shown: number;
}

export const REACH: Record<Grain, Reach> = {
  minute: { history: 2880, fitted: 180, shown: 60 },
  hour: { history: 1344, fitted: 72, shown: 48 },
  day: { history: 1095, fitted: 45, shown: 30 },
  week: { history: 260, fitted: 13, shown: 8 },
  month: { history: 120, fitted: 6, shown: 3 },
  quarter: { history: 60, fitted: 4, shown: 2 },
  fiscal_quarter: { history: 60, fitted: 4, shown: 2 },
  year: { history: 40, fitted: 3, shown: 2 },
  fiscal_year: { history: 40, fitted: 3, shown: 2 },
};
