import type { RawTimeRange } from '@grafana/data';
import { detailAddress } from '@kpi-monitor/plugin-shared/links/detail-address';

import type { Forecast } from './forecast';

/**
 * The address that a KPI's name opens: its own data link, else the detail dashboard over the range that is being looked
 * at. Undefined where that is the page that it stands on.
 * @param detailUid uid of that dashboard; empty for none
 */
export function addressOf(
  { href, facts }: Pick<Forecast, 'href' | 'facts'>,
  detailUid: string,
  range: RawTimeRange
): string | undefined {
  const address = href ?? detailAddress(facts.kpi, detailUid, range);
  return address && !isHere(address) ? address : undefined;
}

/** Ranges and other variables aside. */
function isHere(address: string): boolean {
  return pageOf(new URL(address, window.location.href)) === pageOf(new URL(window.location.href));
}

/** A dashboard's title may stand behind its uid. */
function pageOf({ origin, pathname, searchParams }: URL): string {
  const path = /^.*\/d\/[^/]+/.exec(pathname)?.[0] ?? pathname;
  return `${origin}${path}?${searchParams.get('var-kpi')}`;
}
