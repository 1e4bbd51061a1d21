/** What stood out in the history that a forecast is drawn behind. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Mark } from '@kpi-monitor/model/query/forecast-frames';

import { type AnalysedLine, finalValues } from '../queries/analysed-lines';
import { levelMark, pointMark, type Told } from '../queries/anomaly-text';
import type { Context } from '../queries/context';
import { type StandingOut, standingOut } from '../queries/standing-out';

import { historyStart } from './fitted-line';
import type { Outlook } from './outlook';

/** A forecast is not held up longer than this by what only adorns it, in milliseconds. */
const PATIENCE = 1000;

/**
 * Of each outlook, its marks, oldest first; null of those that are not found in time: they are there for the next who asks.
 */
export async function marksOf(
  outlooks: ReadonlyArray<{ kpi: Kpi; outlook: Outlook }>,
  context: Context
): Promise<Array<Mark[] | null>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  try {
    return await Promise.all(
      outlooks.map(async ({ kpi, outlook: { grain, slice, open } }) => {
        const line = { kpi, grain, ...finalValues(kpi, slice, historyStart(grain, context), open.start) };
        const found = standingOut(line, context);
        // It goes on after the answer has left without it.
        found.catch(() => undefined);
        const inTime = await Promise.race([found, late]);
        return inTime && marksIn(line, inTime, context);
      })
    );
  } finally {
    clearTimeout(timer);
  }
}

function marksIn(
  { kpi, grain, times }: Pick<AnalysedLine, 'kpi' | 'grain' | 'times'>,
  { usual, levels }: StandingOut,
  { calendar }: Context
): Mark[] {
  const told: Told = { kpi, grain, calendar, seasons: usual?.seasons ?? [] };
  const points = (usual?.anomalies ?? []).map(({ index, value, expected }): Mark => {
    const band = { expected, lower: usual!.lower[index]!, upper: usual!.upper[index]! };
    return { kind: 'anomaly', time: times[index]!, text: pointMark(value, band, told) };
  });
  const steps = levels.map(({ index, before, after }): Mark => {
    return { kind: 'changepoint', time: times[index]!, text: levelMark(before, after, told) };
  });
  return [...points, ...steps].sort((a, b) => a.time - b.time);
}
