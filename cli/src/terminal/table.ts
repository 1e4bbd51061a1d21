/** Rows of texts as aligned columns; numbers are aligned right. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const isNumeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^$|^–$|^[^A-Za-z]*\d[\d.,\s%]*$/.test(row[column] ?? ''))
  );
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isNumeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(head.map((title) => title.toUpperCase())), ...rows.map(line)].join('\n');
}

/** Lines that are cut where the terminal ends, so that none runs over into the next. */
export function clipped(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
    .join('\n');
}
