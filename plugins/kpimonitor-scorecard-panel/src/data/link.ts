import type { RawTimeRange } from '@grafana/data';
import { detailAddress } from '@kpi-monitor/plugin-shared/links/detail-address';

import type { ScoreRow } from './row';

/**
 * The address that a KPI opens: its own data link, else the detail dashboard over the range that is being looked at.
 * @param detailUid uid of that dashboard; empty for none
 */
export function addressOf(row: ScoreRow, detailUid: string, range: RawTimeRange): string | undefined {
  return row.href ?? detailAddress(row.kpi, detailUid, range);
}
