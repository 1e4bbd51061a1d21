/** A PromQL query, evaluated once for each period of the KPI. */
import type { PrometheusSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';

import { dimensionsOf } from '../metrics/dimensions';
import { createServer } from '../metrics/server';
import type { RawRecord, Source } from '../source';

import { promDuration, type Run, runsOf } from './evaluations';

export interface PrometheusContext {
  grain: Grain;
  calendar: Calendar;
  clock: () => number;
  resolve: (text: string) => string;
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
interface RangeAnswer {
  status?: string;
  error?: string;
  warnings?: string[];
  data?: { resultType?: string; result?: Series[] };
}

interface Series {
  metric: Record<string, string>;
  /** [seconds, number as text] */
  values: Array<[number, string]>;
}

export function createPrometheusSource(config: PrometheusSource, context: PrometheusContext): Source {
  const { grain, calendar, clock } = context;
  const server = createServer(config, context.resolve, { reasonIn: (body) => (body as RangeAnswer).error });
  return {
    patience: server.patience,
    origin: () => null,
    async *read(window, signal) {
      for (const run of runsOf(window, grain, clock(), calendar)) {
        const last = run.first + (run.periods.length - 1) * run.length;
        const answer = await server.ask(
          '/api/v1/query_range',
          {
            query: config.query.replaceAll('$period', promDuration(run.length)),
            start: String(run.first / 1000),
            end: String(last / 1000),
            step: String(run.length / 1000),
          },
          signal
        );
        yield recordsOf(seriesOf(answer as RangeAnswer, config), run, config, isCivil(grain));
      }
    },
  };
}

/** An answer that is only part of what there is would withdraw the rest. */
function seriesOf({ status, data, warnings = [] }: RangeAnswer, { url }: PrometheusSource): Series[] {
  const serious = warnings.filter((warning) => !warning.startsWith('PromQL info'));
  if (serious.length > 0) {
    throw new KpiError('SOURCE_FORMAT', `${url} warns that its answer may lack something: ${serious[0]}`, { url });
  }
  if (status !== 'success' || data?.resultType !== 'matrix' || !Array.isArray(data.result)) {
    throw new KpiError('SOURCE_FORMAT', `${url} does not answer as Prometheus does; is it its address?`, { url });
  }
  return data.result;
}

function recordsOf(series: Series[], run: Run, config: PrometheusSource, areDates: boolean): RawRecord[] {
  const seen = new Set<string>();
  return series.flatMap(({ metric: { __name__: _name, ...labels }, values }) => {
    const dims = dimensionsOf(labels, config.dimensions);
    return values.flatMap(([seconds, value]): RawRecord[] => {
      const period = run.periods[Math.round((seconds * 1000 - run.first) / run.length)]!;
      const key = JSON.stringify([period.start, dims]);
      if (seen.has(key)) {
        throw severalSeries(dims, config);
      }
      seen.add(key);
      // 0/0: there was nothing to take a share of.
      if (value === 'NaN') {
        return [];
      }
      const where = `series ${JSON.stringify(labels)}`;
      return [{ period: areDates ? isoDate(period.start) : period.start, value, dims, where }];
    });
  });
}

function severalSeries(dims: Record<string, unknown>, { url }: PrometheusSource): KpiError {
  const by = Object.keys(dims).join(', ');
  const slice = by ? ` for ${JSON.stringify(dims)}` : '';
  const message = `the query gives more than one series${slice}; put them together, e.g. by \`sum${by ? ` by (${by})` : ''} (…)\``;
  return new KpiError('SOURCE_FORMAT', message, { url });
}
