/** Any value that a source or a program sent, as a text: it may be huge, or nested without end. */

/** JSON, with large integers as texts. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';
  } catch {
    return '"(nested too deeply to be shown)"';
  }
}

/** For messages: in backticks and cut short. */
export function show(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return '(empty)';
  }
  const text = typeof value === 'string' ? value : jsonOf(value);
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}
