import type { DataFrame, RawTimeRange } from '@grafana/data';
import { detailAddress } from '@kpi-monitor/plugin-shared/links/detail-address';

import type { ScoreRow } from './row';

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

/**
 * The address that a KPI opens: its own data link, else the detail dashboard over the range that is being looked at.
 * @param detailUid uid of that dashboard; empty for none
 */
export function addressOf(row: ScoreRow, detailUid: string, range: RawTimeRange): string | undefined {
  return row.href ?? detailAddress(row.kpi, detailUid, range);
}
