/** Where a slice is going at one grain: its forecast, and where the open period lands. */
import type { Landing } from '@kpi-monitor/analysis/forecast/condition';
import { evaluate, type Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';
import { convertTime, type Period, periodNow } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';
import type { SeriesById } from '../queries/read-series';

import { fittedLine, historyStart, type FittedLine } from './fitted-line';
import { landingOfParts, ownLanding, partGrain } from './landing';

export interface OutlookRequest {
  kpi: Kpi;
  /** which slice: the members that are chosen, by dimension */
  where: Readonly<Record<string, readonly string[]>>;
  series: SeriesById;
  grain: Grain;
  /** periods beyond the open one */
  horizon?: number;
}

export interface Outlook {
  grain: Grain;
  /** evaluated at the grain */
  slice: Slice;
  open: Period;
  line: FittedLine;
  /** null while that is not known */
  landing: Landing | null;
  /** why it is not, for people */
  state: FittedLine['state'];
  text: string;
}

/** From where series have to be read for an outlook, in store time of the grain. */
export function outlookStart(kpi: Kpi, grain: Grain, context: Context): number {
  const part = partGrain(kpi, grain, context);
  const own = historyStart(grain, context);
  return part ? Math.min(own, convertTime(historyStart(part, context), part, grain, context.calendar)) : own;
}

export async function outlookAt(
  { kpi, where, series, grain, horizon }: OutlookRequest,
  context: Context
): Promise<Outlook | null> {
  const { catalogue, calendar, range } = context;
  const sliceAt = (at: Grain) => evaluate({ kpi, catalogue, calendar, series, grain: at, asOf: range.asOf, where })[0];
  const slice = sliceAt(grain);
  if (!slice) {
    return null;
  }
  const open = periodNow(range.asOf, grain, calendar);
  const part = partGrain(kpi, grain, context);
  const parts = part ? sliceAt(part) : undefined;
  const [line, ofParts] = await Promise.all([
    fittedLine({ kpi, slice, grain, horizon }, context),
    part && parts
      ? fittedLine({ kpi, slice: parts, grain: part, horizon: stepsLeft(open, part, context) }, context)
      : null,
  ]);
  const whole = { grain, slice, open, line };
  if (ofParts?.state === 'ready') {
    const landing = landingOfParts(kpi, open, ofParts, parts!);
    if (landing) {
      return { ...whole, landing, state: 'ready', text: '' };
    }
  }
  if (ofParts?.state === 'pending' || line.state === 'pending') {
    return { ...whole, landing: null, state: 'pending', text: PENDING };
  }
  const landing = line.state === 'ready' ? ownLanding(line, open) : null;
  return landing
    ? { ...whole, landing, state: 'ready', text: '' }
    : { ...whole, landing: null, state: 'refused', text: line.state === 'ready' ? NO_REACH : line.text };
}

const PENDING = 'its forecast is being fitted';
const NO_REACH = 'its newest settled value is too old to forecast from';

/** Parts between now and the end of the open period, and some more, since the newest may be late. */
function stepsLeft(open: Period, part: Grain, { range, calendar }: Context): number {
  const now = periodNow(range.asOf, part, calendar);
  return Math.ceil((open.end - now.start) / GRAIN_MS[part]);
}
