/** The request for one page of a source. */
import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import type { Page } from './pages';
import { placed, placedAddress, type Places } from './template';

export interface Asked {
  url: URL;
  /** the address as the KPI file has it: secrets in it stay out of messages */
  shown: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Asking {
  /** of `auth` */
  header: string | null;
  /** puts secrets in */
  resolve: (text: string) => string;
}

/** @throws KpiError KPI_SOURCE, CONFIG_SECRET */
export function requestOf(
  config: HttpSource,
  at: Omit<Places, 'page'>,
  page: Page,
  { header, resolve }: Asking
): Asked {
  const places = { ...at, page: 'place' in page ? page.place : '' };
  const shown = placedAddress(config.url, places);
  const address = 'url' in page ? page.url.href : resolve(shown);
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    throw new KpiError('KPI_SOURCE', `\`${shown}\` is no http address`, { url: shown });
  }
  const body = config.body === undefined ? undefined : resolve(placed(config.body, places));
  const headers = Object.fromEntries([
    ['accept', config.format === 'csv' ? 'text/csv' : 'application/json'],
    ...(body === undefined ? [] : [['content-type', 'application/json']]),
    ...Object.entries(config.headers ?? {}).map(([name, text]) => [name.toLowerCase(), resolve(placed(text, places))]),
    ...(header === null ? [] : [['authorization', header]]),
  ]) as Record<string, string>;
  return { url: new URL(address), shown, method: config.method, headers, body };
}
