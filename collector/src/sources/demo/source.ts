/** The demo company as a source: any window of its history, and today as far as it has gone. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { addDays, addMonths, civil, DAY_MS, isoDate, partsOf } from '@kpi-monitor/model/time/civil';
import { periodAt, step } from '@kpi-monitor/model/time/period';

import type { RawRecord, Source, Window } from '../source';

import { CHANNELS, REGIONS, type Slice } from './company';
import { dayProgress } from './season';
import { DEMO_SERIES, type DemoSeries } from './series';

/** Days from a month's or quarter's end until its figures are out. */
const PUBLISHED_AFTER = { day: 0, month: 2, quarter: 9 } as const;
/** Years that the company's own daily records and the rarer reports go back. */
const YEARS_BACK = { day: 2, month: 4, quarter: 4 } as const;
const BATCH = 2000;

/** @throws KpiError KPI_SOURCE when the demo company has no such series, or it has another grain or dimensions */
export function createDemoSource(kpi: Kpi, { calendar, clock }: { calendar: Calendar; clock: () => number }): Source {
  const series = demoSeriesOf(kpi);
  const slices = slicesOf(series);
  return {
    origin: (now) => {
      const today = calendar.toCivil(now);
      const { year, month } = partsOf(addMonths(today, -12 * YEARS_BACK[series.grain]));
      return series.grain === 'day' ? civil(year, month, 1) : civil(year, 1, 1);
    },
    async *read(window, signal) {
      let batch: RawRecord[] = [];
      for (const period of publishedPeriods(window, series.grain, clock(), calendar)) {
        for (const slice of slices) {
          const made = series.value(period, slice);
          if (made) {
            batch.push({ period: isoDate(period.start * DAY_MS), ...made, dims: { ...slice } });
          }
        }
        if (batch.length >= BATCH) {
          signal.throwIfAborted();
          yield batch;
          batch = [];
        }
      }
      yield batch;
    },
  };
}

function demoSeriesOf(kpi: Kpi): DemoSeries {
  const name = (kpi.source?.kind === 'demo' && kpi.source.series) || kpi.id;
  const series = Object.hasOwn(DEMO_SERIES, name) ? DEMO_SERIES[name]! : null;
  if (!series) {
    const offer = Object.keys(DEMO_SERIES).sort().join(', ');
    throw new KpiError('KPI_SOURCE', `the demo company has no series \`${name}\`; it has ${offer}`, { series: name });
  }
  if (series.grain !== kpi.grain) {
    throw new KpiError(
      'KPI_SOURCE',
      `the demo series \`${name}\` comes by the ${series.grain}, not by the ${kpi.grain}`,
      {
        series: name,
      }
    );
  }
  const undeclared = series.dimensions.filter((dimension) => !kpi.dimensions.includes(dimension));
  if (undeclared.length > 0) {
    const message = `the demo series \`${name}\` comes by ${undeclared.join(' and ')}; add that to the KPI's dimensions`;
    throw new KpiError('KPI_SOURCE', message, { series: name });
  }
  return series;
}

function slicesOf({ dimensions }: DemoSeries): Slice[] {
  const regions = dimensions.includes('region') ? REGIONS.map((region): Slice => ({ region })) : [{}];
  const channels = dimensions.includes('channel') ? CHANNELS.map((channel): Slice => ({ channel })) : [{}];
  return regions.flatMap((region) => channels.map((channel) => ({ ...region, ...channel })));
}

/** Days up to and with the running one; months and quarters once their figures are out. `start` and `end` are days. */
function* publishedPeriods({ from, to }: Window, grain: DemoSeries['grain'], now: number, calendar: Calendar) {
  const today = calendar.toCivil(now);
  for (let period = periodAt(from, grain, calendar); period.start < to; period = step(period, 1)) {
    const isOut = grain === 'day' ? period.start <= today : addDays(period.end, PUBLISHED_AFTER[grain]) <= today;
    if (!isOut) {
      return;
    }
    const running = period.start === today && grain === 'day';
    const done = running ? dayProgress((now - calendar.toInstant(today)) / 3_600_000) : 1;
    yield { start: period.start / DAY_MS, end: period.end / DAY_MS, done };
  }
}
