/** Feeds: where values come from, and which KPIs stand on them. A dead one is one alert to its steward. */
import { inputsOf } from '../aggregation/resolve';
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import { hookOf } from '../catalogue/hook';
import type { Calendar } from '../time/calendar';

import { ageOf } from './freshness';

export interface Feed {
  /** what it is read from: `sql erp`, `csv sales.csv`, `http api.example.com`, `demo` */
  feed: string;
  /** who is told when it is dead; `''` when nobody is named */
  steward: string;
  /** the collected KPIs and measures that it brings */
  inputs: Kpi[];
  /** the KPIs asked about that stand on it */
  kpis: Kpi[];
}

/** The feeds behind KPIs, each once a steward, in the order in which they are first needed. */
export function feedsOf(kpis: readonly Kpi[], catalogue: Catalogue): Feed[] {
  const feeds = new Map<string, Feed>();
  for (const kpi of kpis) {
    for (const input of inputsOf(kpi, catalogue)) {
      const identity = { feed: feedOf(input), steward: stewardOf(input) };
      const key = JSON.stringify(identity);
      const feed = feeds.get(key) ?? { ...identity, inputs: [], kpis: [] };
      feeds.set(key, feed);
      addOnce(feed.inputs, input);
      addOnce(feed.kpis, kpi);
    }
  }
  return [...feeds.values()];
}

/** How late a feed is. */
export interface FeedAge {
  /** milliseconds since the longest overdue of its values was expected; 0 when none is, null when none ever came */
  overdue: number | null;
  /** what is late, longest overdue first */
  late: Array<{ input: Kpi; overdue: number }>;
  /** the KPIs that stand on what is late */
  impacted: Kpi[];
}

/** @param newest newest stored start of every input, by its id, in its own grain's store time */
export function ageOfFeed(
  { inputs, kpis }: Feed,
  newest: ReadonlyMap<string, number>,
  catalogue: Catalogue,
  asOf: number,
  calendar: Calendar
): FeedAge {
  const ages = inputs.map((input) => ({ input, ...ageOf(input, newest.get(input.id) ?? null, asOf, calendar) }));
  const late = ages
    .filter(({ freshness }) => freshness === 'late')
    .sort((a, b) => b.overdue - a.overdue)
    .map(({ input, overdue }) => ({ input, overdue }));
  const impacted = kpis.filter((kpi) =>
    inputsOf(kpi, catalogue).some((input) => late.some((one) => one.input === input))
  );
  const isUnknown = ages.every(({ freshness }) => freshness === 'none');
  return { overdue: isUnknown ? null : (late[0]?.overdue ?? 0), late, impacted };
}

/** What a KPI's values are read from: the connection, file or host, since those fail as a whole. */
function feedOf({ id, source }: Kpi): string {
  switch (source?.kind) {
    case 'sql':
      return `sql ${source.connection}`;
    case 'csv':
      return `csv ${source.path}`;
    case 'file':
      return `file ${source.path}`;
    case 'http':
      return `http ${hostOf(source.url)}`;
    case 'webhook':
      return `webhook ${hookOf({ id, source })}`;
    default:
      return source?.kind ?? 'push';
  }
}

/** The host of a URL, without user, password, path or query: labels are seen by everybody. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1] ?? 'unknown';
}

/** Who sees to a KPI's values; `''` when nobody is named. */
export function stewardOf({ owners }: Kpi): string {
  return owners?.steward ?? owners?.notify ?? owners?.accountable ?? '';
}

function addOnce<T>(list: T[], item: T): void {
  if (!list.includes(item)) {
    list.push(item);
  }
}
