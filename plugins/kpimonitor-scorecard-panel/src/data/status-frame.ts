import type { DataFrame, Field } from '@grafana/data';
import { formatValue } from '@kpi-monitor/model/format/number';
import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { STATUSES, statusOf } from '@kpi-monitor/model/status';
import { hrefOf } from '@kpi-monitor/plugin-shared/links/frame-href';

import { BLANK, type ScoreRow } from './row';

const COLUMNS = Object.keys(BLANK) as Array<keyof StatusRow>;
const JSON_COLUMNS = new Set<keyof StatusRow>(['spark', 'boundaries', 'openBoundaries']);

/** Whether a frame is an answer of the query type `status` as a table. */
export function isStatusFrame(frame: DataFrame): boolean {
  const names = new Set(frame.fields.map((field) => field.name));
  return names.has('kpi') && names.has('value') && (names.has('status') || names.has('level'));
}

/** The rows of a status table; columns that are missing are taken as not known. */
export function statusRows(frame: DataFrame): ScoreRow[] {
  const fields = new Map(frame.fields.map((field) => [field.name, field]));
  return Array.from({ length: frame.length }, (_, index) => {
    const read = COLUMNS.map((column) => [column, cell(fields.get(column), index, column)]);
    const given: Partial<StatusRow> = Object.fromEntries(read.filter(([, value]) => value !== undefined));
    const row = completed(given);
    return { ...row, key: `${row.kpi}/${row.slice}`, href: hrefOf(frame, index) };
  });
}

function cell(field: Field | undefined, index: number, column: keyof StatusRow): unknown {
  const value: unknown = field?.values[index] ?? undefined;
  if (JSON_COLUMNS.has(column) && typeof value === 'string') {
    return parsed(value);
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A whole row: what is missing is what follows from the rest, else blank. */
function completed(given: Partial<StatusRow>): StatusRow {
  const row: StatusRow = { ...BLANK, ...given };
  const freshness = given.freshness ?? (row.value === null ? 'none' : 'fresh');
  const isKnown = given.status !== undefined && STATUSES.includes(given.status);
  return {
    ...row,
    name: row.name || row.kpi,
    categoryName: row.categoryName || row.category,
    valueText: row.valueText || formatValue(row.value, row),
    freshness,
    status: isKnown ? row.status : statusOf({ level: row.level, freshness, life: row.life ?? undefined }),
    spark: Array.isArray(row.spark.values) ? row.spark : BLANK.spark,
  };
}
