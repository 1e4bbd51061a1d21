/** Checks records against the catalogue before anything is written; what does not fit is refused with a reason. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { periodFormats } from '@kpi-monitor/model/catalogue/source-schema';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { instantOf } from '@kpi-monitor/model/time/period';
import { dimsKey } from '@kpi-monitor/store/points';
import { NO_MEMBER, type Point } from '@kpi-monitor/store/store';

import type { RawRecord, Window } from '../sources/source';

import { createMemory } from './memory';
import { readNumber } from './number';
import { readPeriod } from './period';
import { show } from './shown';

export interface Refusal {
  code: ErrorCode;
  /** says what is wrong, with the value, and what to do */
  message: string;
  record: RawRecord;
  /** store time of its period, when that could be read */
  time?: number;
}

export type Checked = { point: Point; key: string } | { refusal: Refusal } | { outside: true };

export interface Validator {
  /** A point, why there is none, or that the record belongs to another window. Remembers what it has seen. */
  check(record: RawRecord): Checked;
}

const MEMBER_LENGTH = 200;
/** Keys that a read knows again. */
const MOST_REMEMBERED = 200_000;

/** A validator for one read of one KPI. */
export function createValidator(kpi: Kpi, window: Window, now: number, calendar: Calendar): Validator {
  const seen = createMemory<{ where: string; part?: string }>(MOST_REMEMBERED);
  const form = { grain: kpi.grain, calendar, formats: periodFormats(kpi.source) };
  const needsWeight = [kpi.aggregate.time, kpi.aggregate.dimensions].includes('weighted_mean');

  return {
    check(record) {
      const time = record.broken ? null : readPeriod(record.period, form);
      const refuse = (code: ErrorCode, message: string): Checked => ({
        refusal: { code, message, record, ...(time !== null && { time }) },
      });
      if (record.broken) {
        return refuse('RECORD_FORM', record.broken);
      }
      if (time === null) {
        const hint =
          form.formats.length > 0
            ? `the format \`${form.formats.join('` or `')}\``
            : 'an ISO date such as 2026-03-31, 2026-03 or 2026-Q1';
        return refuse('RECORD_PERIOD', `the period ${show(record.period)} cannot be read; it should be ${hint}`);
      }
      if (time < window.from) {
        return { outside: true };
      }
      if (instantOf(time, kpi.grain, calendar) > now) {
        return refuse(
          'RECORD_FUTURE',
          `the ${kpi.grain} of ${show(record.period)} has not begun yet; plans belong into \`references\``
        );
      }
      if (time >= window.to) {
        return { outside: true };
      }
      const value = readNumber(record.value);
      if (value === null) {
        return refuse('RECORD_VALUE', `the value ${show(record.value)} is not a number`);
      }
      const range = rangeOf(kpi, value);
      if (range) {
        return refuse('RECORD_RANGE', range);
      }
      const weight = record.weight === undefined || record.weight === null ? undefined : readNumber(record.weight);
      if (weight === null || (weight !== undefined && weight <= 0)) {
        return refuse('RECORD_WEIGHT', `the weight ${show(record.weight)} is not a number above zero`);
      }
      if (weight === undefined && needsWeight) {
        return refuse('RECORD_WEIGHT', `it has no weight, which a weighted mean needs; give one, or aggregate by mean`);
      }
      const dims = dimensionsOf(record, kpi);
      if (typeof dims === 'string') {
        return refuse('RECORD_DIMENSION', dims);
      }
      const key = `${time} ${dimsKey(dims)}`;
      const where = record.where ?? 'the same read';
      const first = seen.get(key);
      if (first && first.part !== record.part) {
        return { outside: true };
      }
      if (first) {
        const message = `${first.where} has a value for the same ${kpi.grain} and dimensions; add them up in the source, or split by another dimension`;
        return refuse('RECORD_DUPLICATE', message);
      }
      seen.set(key, { where, part: record.part });
      return {
        point: { kpi: kpi.id, v: kpi.version, dims, time, value, ...(weight !== undefined && { weight }) },
        key,
      };
    },
  };
}

function rangeOf(kpi: Kpi, value: number): string | null {
  const { min = -Infinity, max = Infinity } = kpi.valid ?? {};
  if (value < min) {
    return `the value ${value} lies below ${min}, the least that \`valid\` allows`;
  }
  return value > max ? `the value ${value} lies above ${max}, the most that \`valid\` allows` : null;
}

/** Exactly the declared dimensions, or what is wrong with them. */
function dimensionsOf(record: RawRecord, kpi: Kpi): Record<string, string> | string {
  const undeclared = Object.keys(record.dims).filter((dimension) => !kpi.dimensions.includes(dimension));
  if (undeclared.length > 0) {
    const declared = kpi.dimensions.join(', ') || 'none';
    return `it carries \`${undeclared.join('`, `')}\`, but the KPI declares ${declared}; declare it, or leave it out of the source`;
  }
  const dims: Record<string, string> = {};
  for (const dimension of kpi.dimensions) {
    const member = record.dims[dimension];
    if (member !== null && typeof member === 'object') {
      return `\`${dimension}\` is ${show(member)}, not a text`;
    }
    const text = member === null || member === undefined ? '' : String(member).trim();
    if (text.length > MEMBER_LENGTH) {
      return `\`${dimension}\` has ${text.length} characters; ${MEMBER_LENGTH} are the most`;
    }
    dims[dimension] = text === '' ? NO_MEMBER : text;
  }
  return dims;
}
