/** Checks a dead letter against the catalogue as it is now. */
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import type { Point } from '@kpi-monitor/store/store';

import type { DeadLetter } from '../dead-letters';
import { EVERYTHING, type RawRecord } from '../sources/source';
import { createValidator, type Validator } from '../validation/validate';

export type Rechecked = { point: Point } | { code: ErrorCode; message: string };

/** Remembers what it has seen: of two records of one key the first counts. */
export function createRecheck(
  catalogue: Catalogue,
  calendar: Calendar,
  now: number
): (letter: DeadLetter) => Rechecked {
  const validators = new Map<string, Validator>();
  return (letter) => {
    const { code, message } = letter;
    const kpi = catalogue.byId.get(letter.kpi);
    if (!kpi) {
      return { code: 'KPI_UNKNOWN', message: `no KPI \`${letter.kpi}\` is in the catalogue` };
    }
    // What is no record of its source becomes none by mending the catalogue; what is computed takes none.
    if (code === 'RECORD_FORM' || kpi.formula || (code === 'RECORD_SOURCE' && kpi.source?.kind !== 'push')) {
      return { code, message };
    }
    const record = recordOf(letter, kpi);
    if (!record) {
      return { code, message: `${message} (of a record this long only the beginning is kept; send it again)` };
    }
    let validator = validators.get(kpi.id);
    if (!validator) {
      validators.set(kpi.id, (validator = createValidator(kpi, { from: EVERYTHING, to: Infinity }, now, calendar)));
    }
    const checked = validator.check(record);
    if ('point' in checked) {
      return { point: checked.point };
    }
    return 'refusal' in checked
      ? { code: checked.refusal.code, message: checked.refusal.message }
      : { code: 'RECORD_PERIOD', message: 'its period lies before any that can be kept' };
  };
}

function recordOf({ record, code, where }: DeadLetter, kpi: Kpi): RawRecord | null {
  if (typeof record !== 'object' || record === null) {
    return null;
  }
  const { period, value, weight, dims } = record as Partial<RawRecord>;
  // The store's refusals name its own stamps: a civil date at 00:00Z is no instant.
  const stamp = code === 'RECORD_REFUSED' && isCivil(kpi.grain) ? String(period).slice(0, 10) : period;
  return { period: stamp, value, weight, dims: dims ?? {}, where };
}
