/**
 * `alertContext`: what a message about an alert says, as labels of one number a KPI (its level) or a feed (its hours). A rule
 * asks it beside its condition; the labels that identify an instance are the same, so that Grafana lends it the others.
 */
import { type Kpi, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import type { ForecastText } from '@kpi-monitor/model/query/alert-texts';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { feedTexts } from '../alerting/feed-texts';
import { noQualityTexts, qualityTexts } from '../alerting/quality-texts';
import { forecastTexts, noForecastTexts } from '../alerting/forecast-texts';
import { kpiTexts, silentTexts } from '../alerting/kpi-texts';
import { levelConfig } from '../frames/field-config';

import type { Answerer, Context } from './context';
import { feedFrames, readFeeds } from './feeds';
import { type KpiNumber, numberFrames } from './numbers';
import { readNews } from './quality';
import { readOutlooks } from './outlooks';
import { readStandings } from './standings';

export const answerAlertContext: Answerer = async (query, context) => {
  if (query.about === 'feed') {
    const feeds = await readFeeds(query, context);
    return feedFrames(query, context, feeds, ({ feed, age }) => feedTexts(feed, age, context.range.asOf));
  }
  // Read as far back as the rule's condition reads, so that the store is asked once for both.
  const [{ standings, silent, notices }, forecasts, qualities] = await Promise.all([
    readStandings(query, context),
    query.about === 'forecast' ? readForecasts(query, context) : null,
    query.about === 'quality' ? readNews(selectKpis(context.catalogue, query.select), context) : null,
  ]);
  const forecastOf = (kpi: Kpi, slice: string) =>
    forecasts && (forecasts.get(keyOf(kpi.id, slice)) ?? noForecastTexts(kpi));
  const qualityOf = (kpi: Kpi) => {
    const one = qualities?.found.find(({ kpi: its }) => its === kpi);
    return qualities && (one ? qualityTexts(one, context) : noQualityTexts(kpi, context));
  };
  const known = standings.map((standing): KpiNumber => {
    const { kpi, labels, row } = standing;
    const texts = { ...kpiTexts(standing, context), ...forecastOf(kpi, row.slice), ...qualityOf(kpi) };
    return { kpi, labels, slice: row.slice, value: row.level, texts };
  });
  const unknown = silent.map((kpi): KpiNumber => {
    const silentText = silentTexts(kpi, 'it cannot be asked this way', context);
    const texts = { ...silentText, ...forecastOf(kpi, ''), ...qualityOf(kpi) };
    return { kpi, labels: {}, slice: '', value: null, texts };
  });
  return numberFrames(query, context, { numbers: [...known, ...unknown], silent: [], notices }, 'level', levelConfig);
};

type Forecasts = ReadonlyMap<string, Record<ForecastText, string>>;

async function readForecasts(query: RequestQuery, context: Context): Promise<Forecasts> {
  const { going } = await readOutlooks(query, context, (kpi) => kpi.judge.at);
  return new Map(
    going.map(({ kpi, slice, judged }) => [keyOf(kpi.id, slice), forecastTexts(kpi, judged, context)] as const)
  );
}

function keyOf(kpi: string, slice: string): string {
  return JSON.stringify([kpi, slice]);
}
