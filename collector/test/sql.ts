/** SQL sources for the tests of each database. */
import type { SqlSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import type { Grain } from '@kpi-monitor/model/time/grain';

import type { SqlConnection } from '../src/sources/connection';
import { createSqlSource } from '../src/sources/sql/source';

import { kpiFrom } from './catalogue';
import { readAll } from './read-all';

export interface SqlOptions {
  grain?: Grain;
  timeout?: string;
  zone?: string;
}

/** Days around a change of the clocks in New York. */
export const WINDOW = { from: civil(2026, 3, 7), to: civil(2026, 3, 10) };
/** The first hour of the first of them. */
export const HOUR = { from: Date.UTC(2026, 2, 7, 5), to: Date.UTC(2026, 2, 7, 6) };

export function sqlSourceOf(
  connection: SqlConnection,
  query: string,
  { grain = 'day', timeout = '30s', zone = 'America/New_York' }: SqlOptions = {}
) {
  const kpi = kpiFrom('kind: flow\nsource: { kind: sql, connection: erp, query: "" }');
  const context = { grain, calendar: createCalendar({ zone }), connections: { erp: connection } };
  return createSqlSource(
    { ...(kpi.source as SqlSource), query, timeout },
    { ...context, resolve: (text: string) => text }
  );
}

export type Failure = Error & { code?: string; details?: Record<string, unknown> };

/** What a query that has to fail fails with. */
export function failureOf(source: ReturnType<typeof sqlSourceOf>, signal?: AbortSignal): Promise<Failure> {
  return readAll(source, WINDOW, signal).then(
    () => {
      throw new Error('it should have failed');
    },
    (error: Failure) => error
  );
}
