/** Forecast and bands of rows: the open period by its landing, what is to come by its own grain's forecast. */
import { normalQuantile } from '@kpi-monitor/analysis/probability/distributions';

import type { Outlook } from './outlook';

type Values = Array<number | null>;

export interface BandColumns {
  forecast: Values;
  lower50: Values;
  upper50: Values;
  lower90: Values;
  upper90: Values;
}

const WITHIN_90 = normalQuantile(0.95);
const WITHIN_50 = normalQuantile(0.75);

/** @param rows `ahead` is the step of the line's forecast, null for what has none */
export function bandsAt(outlook: Outlook, rows: ReadonlyArray<{ time: number; ahead: number | null }>): BandColumns {
  const { line, landing, open } = outlook;
  const columns: BandColumns = { forecast: [], lower50: [], upper50: [], lower90: [], upper90: [] };
  const push = (values: [number, number, number, number, number] | null) =>
    (['forecast', 'lower50', 'upper50', 'lower90', 'upper90'] as const).forEach((name, i) =>
      columns[name].push(values && values[i]!)
    );
  const bounds = line.state === 'ready' ? line.bounds : {};
  const within = (value: number) => Math.max(bounds.min ?? -Infinity, Math.min(bounds.max ?? Infinity, value));
  for (const { time, ahead } of rows) {
    if (time === open.start && landing) {
      const { expected, deviation } = landing;
      const at = (times: number) => within(expected + times * deviation);
      push([expected, at(-WITHIN_50), at(WITHIN_50), at(-WITHIN_90), at(WITHIN_90)]);
    } else if (ahead !== null && line.state === 'ready') {
      const { point, band50, band90 } = line.bands;
      push([point[ahead]!, band50.lower[ahead]!, band50.upper[ahead]!, band90.lower[ahead]!, band90.upper[ahead]!]);
    } else {
      push(null);
    }
  }
  return columns;
}
