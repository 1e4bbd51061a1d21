/** Thresholds that usual variation crosses: each of its alarms would be a false one. */
import { readFileSync } from 'node:fs';

import { expectedFalseAlarms } from '@kpi-monitor/analysis/signal/false-alarms';
import { naturalLimits, type NaturalLimits } from '@kpi-monitor/analysis/signal/xmr';
import { SEASONS } from '@kpi-monitor/engine/queries/seasons';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Problem } from '@kpi-monitor/model/catalogue/problem';
import { readYaml } from '@kpi-monitor/model/catalogue/yaml-file';
import { formatValue } from '@kpi-monitor/model/format/number';
import { THRESHOLD_LEVELS } from '@kpi-monitor/model/judgement/levels';
import { targetFor } from '@kpi-monitor/model/judgement/references';
import { boundariesFor } from '@kpi-monitor/model/judgement/thresholds';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { instantOf, periodAt, step } from '@kpi-monitor/model/time/period';

/** Fewer false alarms a year are nobody's trouble. */
const LEAST_ALARMS = 0.1;
const WHOLE = { labels: {}, isPartial: false };

/**
 * One for each threshold that lies inside the natural limits of the judged periods, as they are in force for the next one.
 * @param stored settled values of the judged periods, oldest first, NaN = missing
 * @returns none below twelve values
 */
export function thresholdNoise(
  kpi: Kpi,
  { times, values }: { times: readonly number[]; values: readonly number[] },
  calendar: Calendar
): Problem[] {
  const grain = kpi.judge.at;
  const limits = naturalLimits(values, SEASONS[grain][0]);
  if (!limits) {
    return [];
  }
  const next = step(periodAt(times.at(-1)!, grain, calendar), 1);
  const asOf = instantOf(next.end, grain, calendar);
  const target = targetFor(kpi, next, WHOLE, calendar, asOf);
  const { boundaries } = boundariesFor(kpi, next, WHOLE, target, calendar, asOf);
  const place = readYaml({ path: kpi.file, text: readFileSync(kpi.file, 'utf8') });
  return THRESHOLD_LEVELS.flatMap((level) => {
    const bound = boundaries?.[level];
    if (bound === undefined) {
      return [];
    }
    const sides: Array<[number, 'above' | 'below']> = Array.isArray(bound)
      ? [
          [bound[0], 'below'],
          [bound[1], 'above'],
        ]
      : [[bound, kpi.direction === 'down' ? 'above' : 'below']];
    return sides
      .filter(([value]) => value > limits.lower && value < limits.upper)
      .flatMap(([value, side]): Problem[] => {
        const alarms = expectedFalseAlarms(value, side, limits, GRAIN_MS.year / GRAIN_MS[grain]);
        if (alarms < LEAST_ALARMS) {
          return [];
        }
        const message = noiseText(kpi, { level, value, alarms, limits }, calendar.locale);
        return [{ code: 'KPI_THRESHOLD_NOISE', file: kpi.file, ...place.locate(['thresholds']), message }];
      });
  });
}

interface Noise {
  level: string;
  value: number;
  /** a year */
  alarms: number;
  limits: NaturalLimits;
}

/** "warning 950,000 lies within usual variation, 810,000 to 1,120,000: expect about 3 false alarms a year; …" */
function noiseText(kpi: Kpi, { level, value, alarms, limits }: Noise, locale: string): string {
  const say = (of: number) => formatValue(of, { unit: kpi.unit, decimals: kpi.decimals, locale });
  const usual = `${say(limits.lower)} to ${say(limits.upper)}`;
  const often = alarms >= 0.95 ? `about ${Math.round(alarms)} a year` : `one in ${Math.ceil(1 / alarms)} years`;
  return `${level} ${say(value)} lies within usual variation, ${usual}: expect ${often} by chance; move it outside, or judge at a longer period`;
}
