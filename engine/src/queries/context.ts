/** What every query type is answered from. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import type { AnswerMeta, Frame } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import type { Audit } from '../audit/audit';
import type { Forecasting } from '../forecasting/fitted-line';
import type { Landings } from '../forecasting/landings';
import type { CollectorSource } from '../collector-source';
import type { Limits } from '../limits';
import type { ReadableStore } from '../observer';
import type { Work } from '../work/work';

import type { Revisions } from './known-store';
import type { Range } from './range';

/** How far the fitting of all forecasts is; null when it is not under way. */
export type Foreseen = { done: number; of: number } | null;

export interface Context extends Forecasting {
  catalogue: Catalogue;
  calendar: Calendar;
  store: ReadableStore;
  /** what was restated of settled periods */
  revisions: Revisions;
  limits: Limits;
  range: Range;
  /** does what takes long beside this thread */
  work: Work;
  foreseen: Foreseen;
  landings: Landings;
  audit: Pick<Audit, 'read'>;
  /** of the process that collects, when it is this one */
  collector: CollectorSource | null;
  signal?: AbortSignal;
}

/** Answers one query of a type. @throws KpiError */
export type Answerer = (query: RequestQuery, context: Context) => Promise<Frame[]>;

export function answerMeta(
  query: RequestQuery,
  { catalogue, calendar, range }: Context,
  more: { grain?: Grain; partial?: number[] } = {}
): AnswerMeta {
  return {
    answer: query.type,
    asOf: range.asOf,
    zone: calendar.zone,
    ...(catalogue.demo && { demo: true }),
    ...(catalogue.as_of === 'latest' && { archive: true }),
    ...(more.grain && { grain: more.grain }),
    ...(more.partial?.length && { partial: more.partial }),
  };
}
