/** An http source as a KPI file has it, against a test's server, and quick to try again. */
import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';

import { createHttpSource, type HttpContext } from '../src/sources/http/source';
import type { Source } from '../src/sources/source';

import { kpiFrom } from './catalogue';

export const SECRETS: Readonly<Record<string, string>> = {
  '${env:API_TOKEN}': 's3cret-token',
  '${env:CLIENT_SECRET}': 'client/s3cret+',
};

/** @param config the source as YAML flow, without braces: `url: …, map: …` */
export function httpSource(config: string, context: Partial<HttpContext> = {}): Source {
  const kpi = kpiFrom(`kind: flow\ndimensions: [region]\nsource: { kind: http, ${config} }`);
  return createHttpSource(kpi.source as HttpSource, {
    grain: 'day',
    resolve: (text) => Object.entries(SECRETS).reduce((left, [name, value]) => left.replaceAll(name, value), text),
    firstPause: 5,
    ...context,
  });
}
