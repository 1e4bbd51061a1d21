/** Series that are in an InfluxDB already, read by InfluxQL. */
import type { InfluxqlSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { instantOf, periodsBetween } from '@kpi-monitor/model/time/period';

import { dimensionsOf } from '../metrics/dimensions';
import { createServer } from '../metrics/server';
import type { RawRecord, Source, Window } from '../source';

import { statementOf } from './statement';

export interface InfluxqlContext {
  grain: Grain;
  calendar: Calendar;
  resolve: (text: string) => string;
}

/** https://docs.influxdata.com/influxdb/v1/guides/query_data/ */
interface QueryAnswer {
  error?: string;
  results?: Array<{ error?: string; partial?: boolean; series?: Series[] }>;
}

interface Series {
  name: string;
  tags?: Record<string, string>;
  columns: string[];
  values: unknown[][];
  partial?: boolean;
}

/** Statements of one request. */
const AT_ONCE = 50;

/** @throws KpiError KPI_SOURCE for a query that writes, or does not say which time it is about */
export function createInfluxqlSource(config: InfluxqlSource, context: InfluxqlContext): Source {
  const { grain, calendar } = context;
  const statement = statementOf(config.query, isCivil(grain) ? calendar.zone : null);
  const server = createServer(withToken(config), context.resolve, { reasonIn: (body) => (body as QueryAnswer).error });
  const instant = (time: number) => instantOf(time, grain, calendar);
  const statements = (window: Window) =>
    (statement.hasSteps
      ? [{ start: window.from, end: window.to }]
      : periodsBetween(window.from, window.to, grain, calendar)
    ).map(({ start, end }) => statement.bound(instant(start), instant(end)));
  return {
    patience: server.patience,
    origin: () => null,
    async *read(window, signal) {
      const all = statements(window);
      for (let i = 0; i < all.length; i += AT_ONCE) {
        const ask = async (q: string) =>
          (await server.ask('/query', { db: config.database, epoch: 'ms', q }, signal)) as QueryAnswer;
        let answer = await ask(all.slice(i, i + AT_ONCE).join(';\n'));
        // It says of all that they were not tried, and of none why.
        if (answer.results?.some(({ error }) => error === 'not executed')) {
          answer = await ask(all[i]!);
        }
        yield seriesOf(answer, config).flatMap((series) => recordsOf(series, config));
      }
    },
  };
}

/** InfluxDB 2 knows a token by its own word alone. */
function withToken({ auth, headers, ...config }: InfluxqlSource): InfluxqlSource {
  return auth?.kind === 'bearer'
    ? { ...config, headers: { Authorization: `Token ${auth.token}`, ...headers } }
    : { ...config, ...(auth && { auth }), ...(headers && { headers }) };
}

function seriesOf(answer: QueryAnswer, { url }: InfluxqlSource): Series[] {
  if (!Array.isArray(answer.results)) {
    throw new KpiError('SOURCE_FORMAT', `${url} does not answer as InfluxDB does; is it its address?`, { url });
  }
  return answer.results.flatMap(({ error, partial, series = [] }) => {
    if (error !== undefined) {
      throw new KpiError('SOURCE_REFUSED', `${url} refused the query: ${error}`, { url });
    }
    if (partial || series.some((one) => one.partial)) {
      const message = `${url} answers with a part of the rows only; lower \`reread\`, or ask for coarser steps`;
      throw new KpiError('SOURCE_FORMAT', message, { url });
    }
    return series;
  });
}

function recordsOf({ name, tags = {}, columns, values }: Series, config: InfluxqlSource): RawRecord[] {
  if (!columns.includes('value')) {
    const found = columns.filter((column) => column !== 'time').join(', ');
    throw new KpiError('SOURCE_FORMAT', `the query selects ${found} but no \`value\`; write \`… as value\``, {
      url: config.url,
    });
  }
  return values.flatMap((row): RawRecord[] => {
    const { time, value, weight, ...others } = Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    // A step without points.
    if (value === null) {
      return [];
    }
    const labels = { ...tags, ...(others as Record<string, string>) };
    return [{ period: time, value, weight, dims: dimensionsOf(labels, config.dimensions), where: `series ${name}` }];
  });
}
