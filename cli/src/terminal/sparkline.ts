/** A line of values in eight heights of block characters (Unicode 2581 to 2588); a gap is a space. */
const BLOCKS = [...'▁▂▃▄▅▆▇█'];

/** @param width columns; of more values the last of each of that many equal stretches is shown */
export function sparkline(values: ReadonlyArray<number | null>, width: number): string {
  const shown = values.length <= width ? values : thinned(values, width);
  const known = shown.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return shown
    .map((value) => {
      if (value === null || !Number.isFinite(value)) {
        return ' ';
      }
      return BLOCKS[span === 0 ? 3 : Math.round(((value - low) / span) * (BLOCKS.length - 1))];
    })
    .join('');
}

function thinned(values: ReadonlyArray<number | null>, width: number): Array<number | null> {
  return Array.from({ length: width }, (_, i) => values[Math.ceil(((i + 1) * values.length) / width) - 1]!);
}
