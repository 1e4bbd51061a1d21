/**
 * Whether the known events of the demo company are found, by the KPIs that they show in: anomalies by any of their days,
 * new levels within ten days of either edge. Found is right when it lies at an event of any of the KPI's inputs; days that
 * follow each other within three are one finding. Three spans of two years each.
 */
import { findAnomalies } from '@kpi-monitor/analysis/anomalies/find-anomalies';
import { findChangepoints } from '@kpi-monitor/analysis/changepoints/find-changepoints';
import { median, robustDeviation } from '@kpi-monitor/analysis/decomposition/median';
import { readCatalogueFolder } from '@kpi-monitor/cli/compose/catalogue-folder';
import { demoEvents } from '@kpi-monitor/collector/sources/demo/events';
import { createDemoSource } from '@kpi-monitor/collector/sources/demo/source';
import { evaluate } from '@kpi-monitor/model/aggregation/evaluate';
import { dimensionsOf, inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { KpiSeries } from '@kpi-monitor/model/aggregation/steps';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil, DAY_MS, parseIsoDate, partsOf } from '@kpi-monitor/model/time/civil';

import type { BenchOptions, Finding } from './measure';

const BUDGET = { recall: 0.85, precision: 0.85, falseAMonth: 1 };
const ENDS = [civil(2025, 6, 1), civil(2026, 11, 22), civil(2028, 2, 1)];
/** Of a ratio, the input whose events change it: what changes both sides alike does not show. */
const SHOWN_BY: Record<string, string> = {
  quality: 'orders_first_time_right',
  operational_efficiency: 'standard_hours',
};
/** An event that moves the sum of its days by fewer robust deviations than this is lost in what is usual. */
const VISIBLE = 8;
const NEAR = 10;

interface Event {
  kind: 'anomaly' | 'shift';
  size: number;
  /** days of the line, half-open */
  from: number;
  to: number;
}

interface Line {
  values: Float64Array;
  start: number;
  /** those that it should show */
  own: Event[];
  /** those of all that it is made of */
  all: Event[];
}

interface Tally {
  known: number;
  hit: number;
  right: number;
  wrong: number;
}

export async function benchEvents({ smoke }: BenchOptions): Promise<Finding[]> {
  const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });
  const anomalies: Tally = { known: 0, hit: 0, right: 0, wrong: 0 };
  const shifts: Tally = { known: 0, hit: 0, right: 0, wrong: 0 };
  let months = 0;
  for (const end of smoke ? ENDS.slice(0, 1) : ENDS) {
    for (const line of await linesUntil(end)) {
      const { values, start, own, all } = line;
      const days = Array.from(values, (_, i) => start + i * DAY_MS);
      const parts = days.map(partsOf);
      const options = {
        seasons: [7, 365],
        calendar: {
          dayOfMonth: parts.map(({ day }) => day),
          daysLeft: parts.map(({ year, month, day }) => new Date(Date.UTC(year, month, 0)).getUTCDate() - day),
          holidays: days.map((day) => calendar.holiday(day)),
        },
      };
      const odd = findAnomalies(values, options)?.anomalies.map(({ index }) => index) ?? [];
      const steps = findChangepoints(values, options).map(({ index }) => index);
      months += values.length / 30.4;
      for (const event of own.filter((one) => isVisible(one, line))) {
        if (event.kind === 'anomaly' && event.from >= 0 && event.to <= values.length) {
          anomalies.known += 1;
          anomalies.hit += odd.some((i) => i >= event.from && i < event.to) ? 1 : 0;
        }
        for (const edge of event.kind === 'shift' ? [event.from, event.to] : []) {
          if (edge >= 21 && edge <= values.length - 21) {
            shifts.known += 1;
            shifts.hit += steps.some((i) => Math.abs(i - edge) <= NEAR) ? 1 : 0;
          }
        }
      }
      for (const run of runsOf(odd)) {
        const isRight = all.some(({ from, to }) => run.some((i) => i >= from - 2 && i < to + 2));
        anomalies[isRight ? 'right' : 'wrong'] += 1;
      }
      for (const step of steps) {
        const isRight = all.some(({ from, to }) => Math.abs(step - from) <= NEAR || Math.abs(step - to) <= NEAR);
        shifts[isRight ? 'right' : 'wrong'] += 1;
      }
    }
  }
  return [
    ...findings('anomalies', anomalies),
    ...findings('new levels', shifts),
    {
      what: 'false alarms a KPI and month',
      value: ((anomalies.wrong + shifts.wrong) / months).toFixed(2),
      budget: `${BUDGET.falseAMonth}`,
      holds: (anomalies.wrong + shifts.wrong) / months <= BUDGET.falseAMonth,
    },
  ];
}

function findings(what: string, { known, hit, right, wrong }: Tally): Finding[] {
  const share = (part: number, of: number) => `${(part / of).toFixed(2)} (${part} of ${of})`;
  return [
    {
      what: `${what}: recall`,
      value: share(hit, known),
      budget: `${BUDGET.recall} or more`,
      holds: hit / known >= BUDGET.recall,
    },
    {
      what: `${what}: precision`,
      value: share(right, right + wrong),
      budget: `${BUDGET.precision} or more`,
      holds: right / (right + wrong) >= BUDGET.precision,
    },
  ];
}

/** Each KPI that has values a day, whole and by the slices that something happened to. */
async function linesUntil(end: number): Promise<Line[]> {
  const { catalogue } = readCatalogueFolder('kpis', 1);
  const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });
  const series = new Map<string, KpiSeries[]>();
  for (const kpi of [...catalogue!.byId.values()].filter((one) => one.source && one.grain === 'day')) {
    series.set(kpi.id, await seriesOf(kpi, end));
  }
  const first = Math.min(...[...series.values()].flatMap((all) => all.map(({ times }) => times[0]!)));
  const daily = catalogue!.kpis.filter((kpi) => inputsOf(kpi, catalogue!).every(({ grain }) => grain === 'day'));
  return daily.flatMap((kpi) => {
    const inputs = inputsOf(kpi, catalogue!);
    const happened = demoEvents(first, end).filter((event) => inputs.some(({ id }) => id === event.series));
    const shown = happened.filter((event) => event.series === (SHOWN_BY[kpi.id] ?? kpi.id));
    const dimensions = dimensionsOf(kpi, catalogue!);
    const named = shown.flatMap(({ where }) =>
      where && Object.keys(where).every((dimension) => dimensions.includes(dimension)) ? [JSON.stringify(where)] : []
    );
    return ['{}', ...new Set(named)].flatMap((name) => {
      const members = Object.entries(JSON.parse(name) as Record<string, string>);
      const where = Object.fromEntries(members.map(([dimension, member]) => [dimension, [member]]));
      const of = new Map(inputs.map((input) => [input.id, series.get(input.id)!]));
      const asked = {
        kpi,
        catalogue: catalogue!,
        calendar,
        series: of,
        grain: 'day' as const,
        asOf: end + DAY_MS,
        where,
      };
      const points = evaluate(asked)[0]!.points(first, end - 2 * DAY_MS);
      const known = points.slice(points.findIndex(({ value }) => value !== null));
      // The cost of a new customer has no value on days without one: it is judged by the quarter.
      if (known.filter(({ value }) => value !== null).length < 365) {
        return [];
      }
      const start = known[0]!.start;
      const placed = ({ kind, size, from, to }: (typeof happened)[number]): Event => ({
        ...{ kind, size, from: (parseIsoDate(from)! - start) / DAY_MS, to: (parseIsoDate(to)! - start) / DAY_MS },
      });
      return [
        {
          values: Float64Array.from(known, ({ value }) => value ?? NaN),
          start,
          own: shown.filter(({ where: its }) => JSON.stringify(its ?? {}) === name).map(placed),
          all: happened.map(placed),
        },
      ];
    });
  });
}

async function seriesOf(kpi: Kpi, end: number): Promise<KpiSeries[]> {
  const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });
  const source = createDemoSource(kpi, { calendar, clock: () => end });
  type Growing = Omit<KpiSeries, 'times' | 'values' | 'weights'> & {
    times: number[];
    values: number[];
    weights?: Array<number | null>;
  };
  const bySlice = new Map<string, Growing>();
  for await (const batch of source.read({ from: source.origin!(end)!, to: end }, new AbortController().signal)) {
    for (const { period, value, weight, dims = {} } of batch) {
      const key = JSON.stringify(dims);
      const its: Growing = bySlice.get(key) ?? {
        dims: dims as Record<string, string>,
        times: [],
        values: [],
      };
      bySlice.set(key, its);
      its.times.push(parseIsoDate(String(period))!);
      its.values.push(Number(value));
      if (weight !== undefined) {
        (its.weights ??= []).push(Number(weight));
      }
    }
  }
  return [...bySlice.values()];
}

/** By its size and length, against how much days vary from the same weekday a week before where nothing happened. */
function isVisible({ size, from, to }: Event, { values, all }: Line): boolean {
  const isQuiet = (i: number) => !all.some((event) => i >= event.from - 1 && i < event.to + 8);
  const steps = Float64Array.from(values, (value, i) => (i >= 7 && isQuiet(i) ? value - values[i - 7]! : NaN));
  const usual = median(values.slice(Math.max(0, from - 28), Math.max(0, from)));
  const days = Math.min(28, to - from);
  return (Math.abs(size * usual) * Math.sqrt(days)) / (robustDeviation(steps, 0) / Math.SQRT2) >= VISIBLE;
}

function runsOf(indices: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && index - run.at(-1)! <= 3) {
      run.push(index);
    } else {
      runs.push([index]);
    }
  }
  return runs;
}
