import {
  type DataFrame,
  type Field,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  type GrafanaTheme2,
} from '@grafana/data';
import { NO_VALUE } from '@kpi-monitor/model/format/number';
import { statusOf } from '@kpi-monitor/model/status';
import { hrefOf } from '@kpi-monitor/plugin-shared/links/frame-href';

import { BLANK, type ScoreRow } from './row';
import { boundariesOf, levelAt, levelSteps } from './threshold-steps';

/** Values of a long series that a sparkline of a card can show. */
const SPARK_POINTS = 60;
/** Labels that say whose number it is; what else a field is labelled with tells slices of one KPI apart. */
const IDENTITY = new Set(['kpi', 'category', 'tier', 'owner', 'grain']);

/**
 * Rows of frames that are not status answers. A number field with a time field gives its newest value, and its course
 * as a sparkline; a table with words gives one row a record; other number fields give their last value.
 * Name, unit, thresholds and links are the field's own.
 */
export function plainRows(frame: DataFrame, all: DataFrame[], theme: GrafanaTheme2): ScoreRow[] {
  const time = frame.fields.find((field) => field.type === FieldType.time);
  const words = frame.fields.filter((field) => field.type === FieldType.string);
  const numbers = frame.fields.filter((field) => field.type === FieldType.number);
  const isLong = !time && words.length > 0;
  return numbers.flatMap((field) => {
    const name = getFieldDisplayName(field, frame, all);
    if (isLong) {
      return Array.from({ length: frame.length }, (_, index) => {
        const record = words.map((word) => String(word.values[index] ?? '')).join(' ');
        return plainRow({ frame, field, index, theme, name: numbers.length > 1 ? `${record} ${name}` : record });
      });
    }
    const index = lastKnown(field);
    return [{ ...plainRow({ frame, field, index, theme, name }), ...(time && course(field, time, index)) }];
  });
}

interface Place {
  frame: DataFrame;
  field: Field;
  index: number;
  name: string;
  theme: GrafanaTheme2;
}

function plainRow({ frame, field, index, name, theme }: Place): ScoreRow {
  const { kpi = '', category = '', owner = '', ...labels } = field.labels ?? {};
  const slice = Object.entries(labels).flatMap(([label, member]) => (IDENTITY.has(label) ? [] : [member]));
  const raw: unknown = field.values[index];
  const value = typeof raw === 'number' && Number.isFinite(raw) ? raw : null;
  const steps = levelSteps(field, theme);
  const level = value === null ? null : levelAt(value, steps);
  const freshness = value === null ? 'none' : 'fresh';
  const display = field.display ?? getDisplayProcessor({ field, theme });
  return {
    ...BLANK,
    key: `${kpi || frame.refId || ''}/${slice.join(',')}/${name}`,
    href: hrefOf(frame, index),
    kpi,
    name,
    category,
    categoryName: category,
    owner,
    slice: slice.join(', '),
    unit: field.config.unit ?? 'none',
    decimals: field.config.decimals ?? 0,
    value,
    valueText: value === null ? NO_VALUE : formattedValueToString(display(value)),
    level,
    freshness,
    status: statusOf({ level, freshness, life: 'settled' }),
    boundaries: boundariesOf(steps),
    definition: field.config.description ?? '',
  };
}

function lastKnown(field: Field): number {
  const values: unknown[] = field.values;
  const known = values.findLastIndex((value) => typeof value === 'number' && Number.isFinite(value));
  return known >= 0 ? known : Math.max(0, values.length - 1);
}

function course(field: Field, time: Field, index: number): Pick<ScoreRow, 'spark' | 'period' | 'dataUntil'> {
  const from = Math.max(0, index + 1 - SPARK_POINTS);
  const at = typeof time.values[index] === 'number' ? time.values[index] : null;
  return {
    spark: { times: time.values.slice(from, index + 1), values: field.values.slice(from, index + 1) },
    period: at,
    dataUntil: at,
  };
}
