/** InfluxQL, with everything that comes from outside escaped. */
import { isDimension, isKpi, withinRange } from '../points';
import type { ReadRequest } from '../store';

import { encodeTag } from './tags';

export function identifier(name: string): string {
  return `"${escaped(name).replaceAll('"', '\\"')}"`;
}

export function literal(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Bounds of time: always in the outer query, else a step is made of every bucket up to now. */
export function between(from: number, to: number): string {
  return `time >= ${from}ms AND time < ${to}ms`;
}

/** The condition for a request's values that are not void; null when nothing can fit it. */
export function condition({ series, from, to, where = {} }: ReadRequest): string | null {
  const bounds = withinRange(from, to);
  const versions = series.filter(({ kpi, v }) => isKpi(kpi) && Number.isInteger(v));
  // an empty tag is the same as none, and no member is empty
  const filters = Object.entries(where).map(([tag, members]) => ({ tag, members: members.filter(Boolean) }));
  if (
    bounds.from >= bounds.to ||
    versions.length === 0 ||
    filters.some(({ tag, members }) => !isDimension(tag) || members.length === 0)
  ) {
    return null;
  }
  return [
    between(bounds.from, bounds.to),
    '"void" = 0',
    anyOf(versions.map(({ kpi, v }) => `("kpi" = ${literal(kpi)} AND "v" = '${v}')`)),
    ...filters.map(({ tag, members }) =>
      anyOf(members.map((member) => `${identifier(tag)} = ${literal(encodeTag(member))}`))
    ),
  ].join(' AND ');
}

function anyOf(conditions: readonly string[]): string {
  return `(${conditions.join(' OR ')})`;
}
