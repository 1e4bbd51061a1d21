import { locationUtil, type RawTimeRange, urlUtil } from '@grafana/data';

/**
 * The address of the detail dashboard of a KPI, over the range that is being looked at.
 * @param detailUid uid of that dashboard; empty for none
 */
export function detailAddress(kpi: string, detailUid: string, range: RawTimeRange): string | undefined {
  if (!detailUid || !kpi) {
    return undefined;
  }
  const [from, to] = [range.from, range.to].map((end) => (typeof end === 'string' ? end : String(end.valueOf())));
  const query = urlUtil.toUrlParams({ 'var-kpi': kpi, from, to });
  return locationUtil.assureBaseUrl(`/d/${encodeURIComponent(detailUid)}?${query}`);
}
