/** The feeds behind the KPIs of a query, as numbers for alert rules. */
import { selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { ageOfFeed, type Feed, type FeedAge, feedsOf } from '@kpi-monitor/model/judgement/feeds';
import type { FieldConfig, Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { numberField } from '../frames/field';
import { emptyFrame, numericFrame } from '../frames/frame';

import { type Answerer, answerMeta, type Context } from './context';
import { newestInputs } from './newest';

export interface AgedFeed {
  feed: Feed;
  age: FeedAge;
}

const HOUR_MS = 3_600_000;

/** `freshness`: for how many hours a feed has owed a value; one number a feed and steward. */
export const answerFreshness: Answerer = async (query, context) => {
  const feeds = await readFeeds(query, context);
  return feedFrames(query, context, feeds, () => ({}));
};

export async function readFeeds(query: RequestQuery, context: Context): Promise<AgedFeed[]> {
  const { catalogue, calendar, range } = context;
  const kpis = selectKpis(catalogue, query.select);
  const asked = kpis.map((kpi) => ({ asked: { kpi }, series: new Map<string, never>() }));
  const newest = await newestInputs(asked, context);
  return feedsOf(kpis, catalogue).map((feed) => ({
    feed,
    age: ageOfFeed(feed, newest, catalogue, range.asOf, calendar),
  }));
}

/** @param textsOf labels beside those that identify a feed */
export function feedFrames(
  query: RequestQuery,
  context: Context,
  feeds: readonly AgedFeed[],
  textsOf: (feed: AgedFeed) => Record<string, string>
): Frame[] {
  const meta = answerMeta(query, context);
  const frames = feeds.map((one) => {
    const { feed, steward } = one.feed;
    const { overdue } = one.age;
    const labels = { feed, ...(steward && { owner: steward }), ...textsOf(one) };
    const config: FieldConfig = { displayName: feed, description: 'Hours overdue', unit: 'h', decimals: 0, min: 0 };
    return numericFrame(
      feed,
      numberField('overdueHours', [overdue === null ? null : overdue / HOUR_MS], { labels, config }),
      { meta }
    );
  });
  return frames.length > 0 ? frames : [emptyFrame('numeric-multi', { meta })];
}
