/**
 * Fills in what labels and annotations of a rule may say of an instance. Of Grafana's template language these alone are
 * known here: `$labels.x`, `$values.B`, `$values.B.Value`, `$values.B.Labels.x` and `$value` in double braces. What is
 * missing reads `[no value]`, as in Grafana; any other action is left as it stands.
 */
import type { Result } from './evaluate';
import { type Labels, labelsText } from './labels';

export const MISSING = '[no value]';

const ACTION = /\{\{(-?)\s*([^{}]*?)\s*(-?)\}\}/g;
const LABEL = /^(?:\$labels|\.Labels)\.(\w+)$/;
const VALUE = /^(?:\$values|\.Values)\.(\w+)(?:\.(?:(Value)|Labels\.(\w+)))?$/;

export function expandText(text: string, labels: Labels, result: Pick<Result, 'values'>): string {
  if (!text.includes('{{')) {
    return text;
  }
  return text
    .replace(/\s+(?=\{\{-\s)/g, '')
    .replace(/(?<=\s-\}\})\s+/g, '')
    .replace(ACTION, (action, _open: string, body: string) => actionText(body, labels, result) ?? action);
}

/** Null for what is not known here. */
function actionText(body: string, labels: Labels, { values }: Pick<Result, 'values'>): string | null {
  if (body === '$value' || body === '.Value') {
    return valueText({ values });
  }
  const label = LABEL.exec(body)?.[1];
  if (label !== undefined) {
    return labels[label] ?? MISSING;
  }
  const [, refId, bare, inner] = VALUE.exec(body) ?? [];
  if (refId === undefined) {
    return null;
  }
  const capture = values[refId];
  if (!capture) {
    return MISSING;
  }
  if (inner !== undefined) {
    return capture.labels[inner] ?? MISSING;
  }
  return bare ? shortNumber(capture.value) : plainNumber(capture.value);
}

/** `$value`: the number of the one query, or with several a list of all values. */
function valueText({ values }: Pick<Result, 'values'>): string {
  const queries = Object.values(values).filter(({ query }) => query);
  return queries.length === 1
    ? shortNumber(queries[0]!.value)
    : Object.entries(values)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([refId, { labels, value }]) =>
            `[ var='${refId}' labels={${labelsText(labels)}} value=${value === null ? 'null' : shortNumber(value)} ]`
        )
        .join(', ');
}

/** All digits and no exponent. */
export function plainNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const [, sign, whole = '', part = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) {
    return String(value);
  }
  const digits = whole + part;
  const point = whole.length + Number(exponent);
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '');
}

/** The shortest form that says the same number, with an exponent from 1e+06 on, as Go's `%v` writes it. */
export function shortNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value) || value === 0) {
    return value === 0 ? '0' : plainNumber(value);
  }
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return plainNumber(value);
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
