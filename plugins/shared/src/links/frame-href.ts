import type { DataFrame } from '@grafana/data';

/** Where the first data link of a frame's row leads; undefined when it has none. */
export function hrefOf(frame: DataFrame, rowIndex: number): string | undefined {
  for (const field of frame.fields) {
    const link = field.config.links?.length ? field.getLinks?.({ valueRowIndex: rowIndex })[0] : undefined;
    if (link?.href) {
      return link.href;
    }
  }
  return undefined;
}
