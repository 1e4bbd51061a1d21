/** What was noted when values came: refused records, and how late the first of a period were. */
import type { ErrorCode } from '../errors';
import { periodAt } from '../time/period';
import type { Grain } from '../time/grain';
import type { Calendar } from '../time/calendar';

import { LATE, type QualityRule, RULE_OF_REFUSAL } from './rules';

/** One series of the book `quality`; times are civil days. */
export interface RecordedSeries {
  kpi: string;
  dims: Readonly<Record<string, string>>;
  times: ArrayLike<number>;
  values: ArrayLike<number>;
}

export interface Noted {
  /** records refused, by the code of why */
  refused: Map<ErrorCode, number>;
  /** hours after the time that they were expected; of the latest of its inputs */
  late: number;
}

/** What was noted of a KPI's inputs, by the start of the period of `grain` (a day or longer) that it is about. */
export function notedOf(series: readonly RecordedSeries[], grain: Grain, calendar: Calendar): Map<number, Noted> {
  const noted = new Map<number, Noted>();
  for (const { dims, times, values } of series) {
    const what = dims.what ?? '';
    for (let i = 0; i < times.length; i++) {
      const start = periodAt(times[i]!, grain, calendar).start;
      const one = noted.get(start) ?? { refused: new Map<ErrorCode, number>(), late: 0 };
      if (what === LATE) {
        one.late = Math.max(one.late, values[i]!);
      } else if (what in RULE_OF_REFUSAL) {
        const code = what as ErrorCode;
        one.refused.set(code, (one.refused.get(code) ?? 0) + values[i]!);
      }
      noted.set(start, one);
    }
  }
  return noted;
}

/** Records that were refused for breaking a rule. */
export function refusedBy(rule: QualityRule, { refused }: Noted): number {
  let records = 0;
  refused.forEach((count, code) => (records += RULE_OF_REFUSAL[code] === rule ? count : 0));
  return records;
}
