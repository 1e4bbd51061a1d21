/** What a judged value is usually like, and how unusual it is, in words for a message. */
import { LEAST_VALUES, readSignal, type Rule } from '@kpi-monitor/analysis/signal/xmr';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatValue } from '@kpi-monitor/model/format/number';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import { periodCount, spokenGrain } from '../queries/names';
import { SEASONS } from '../queries/seasons';

export interface Usual {
  /** "$2,800 to $3,200" */
  band: string;
  /** "below its usual range, the lowest of 36 months"; "no, usual variation" */
  unusual: string;
}

/** @param values of judged periods, oldest first; the last one is told about */
export function usualOf(kpi: Kpi, values: ReadonlyArray<number | null>, { locale }: Calendar): Usual {
  const grain = kpi.judge.at;
  const known = values.filter((value) => value !== null);
  const reading = readSignal(
    values.map((value) => value ?? NaN),
    SEASONS[grain][0]
  );
  if (!reading) {
    const least = `it takes ${periodCount(LEAST_VALUES, grain)} to know`;
    return { band: `not known: ${least}`, unusual: `not known: ${least}` };
  }
  const text = (value: number) => formatValue(value, { unit: kpi.unit, decimals: kpi.decimals, locale });
  // What was never below zero is not usually there either.
  const lower = known.every((value) => value >= 0) ? Math.max(0, reading.lower) : reading.lower;
  const band = `${text(lower)} to ${text(reading.upper)}`;
  if (!reading.signal) {
    return { band, unusual: 'no, usual variation' };
  }
  const { rule, direction } = reading.signal;
  const last = known.at(-1)!;
  const others = known.slice(0, -1);
  const isExtreme = others.every((other) => (direction > 0 ? other < last : other > last));
  const rank = isExtreme ? `, the ${direction > 0 ? 'highest' : 'lowest'} of ${periodCount(known.length, grain)}` : '';
  return { band, unusual: `${signalText(rule, direction, spokenGrain(grain))}${rank}` };
}

function signalText(rule: Rule, direction: 1 | -1, grain: string): string {
  const side = direction > 0 ? 'above' : 'below';
  switch (rule) {
    case 'outside':
      return `${side} its usual range`;
    case 'eight on one side':
      return `the eighth ${grain} in a row ${side} its usual level`;
    case 'three of four near a limit':
      return `three of the last four ${grain}s near the ${direction > 0 ? 'upper' : 'lower'} end of its usual range`;
  }
}
