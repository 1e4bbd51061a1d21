/** What a message says about a feed: what does not come, since when, and which KPIs stand on it. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDuration } from '@kpi-monitor/model/format/period';
import type { Feed, FeedAge } from '@kpi-monitor/model/judgement/feeds';
import type { FeedText } from '@kpi-monitor/model/query/alert-texts';

import { overviewAddress } from './detail-address';

export function feedTexts(feed: Feed, age: FeedAge, asOf: number): Record<FeedText, string> {
  const { late, impacted, overdue } = age;
  const name = feedName(feed.feed);
  const standing = impacted.length === 1 ? 'stands' : 'stand';
  const are = late.length > 0 && impacted.length > 0 ? `: ${some(impacted, 3)} ${standing} on it` : '';
  const how =
    overdue === null
      ? 'has never brought a value'
      : overdue > 0
        ? `is ${formatDuration(overdue)} late`
        : 'is up to date';
  return {
    name,
    sentence: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${how}${are}`,
    overdueText: overdue === null ? 'no value ever came' : overdue > 0 ? formatDuration(overdue) : 'not overdue',
    lateText:
      late.length > 0
        ? late.map(({ input, overdue: ms }) => `${input.name} (${formatDuration(ms)})`).join(', ')
        : 'nothing is late',
    impacted: impacted.length > 0 ? impacted.map((kpi) => kpi.name).join(', ') : 'no KPI',
    ownerText: feed.steward || 'nobody is named',
    link: overviewAddress(asOf),
  };
}

/** "the connection erp", "the file sales.csv" */
function feedName(feed: string): string {
  const [kind, ...rest] = feed.split(' ');
  const what = rest.join(' ');
  switch (kind) {
    case 'sql':
      return `the connection ${what}`;
    case 'csv':
    case 'file':
      return `the file ${what}`;
    case 'http':
      return `the service ${what}`;
    case 'demo':
      return "the demo company's source";
    default:
      return 'what is pushed';
  }
}

/** "Revenue, Profit margin and 3 others" */
function some(kpis: readonly Kpi[], most: number): string {
  const names = kpis.slice(0, most).map((kpi) => kpi.name);
  const left = kpis.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} other${left === 1 ? '' : 's'}` : names.join(', ');
}
