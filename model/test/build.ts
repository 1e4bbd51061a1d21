/** Small catalogues and series for tests. */
import type { KpiSeries } from '../src/aggregation/steps';
import { evaluate, type Slice } from '../src/aggregation/evaluate';
import { inputsOf } from '../src/aggregation/resolve';
import { type Catalogue, kpiOf } from '../src/catalogue/catalogue';
import { loadCatalogue } from '../src/catalogue/load';
import { problemText } from '../src/catalogue/problem';
import { assess, type SignalReader } from '../src/judgement/assess';
import type { StatusRow } from '../src/query/frames';
import type { Comparison } from '../src/query/query';
import { type Calendar, createCalendar } from '../src/time/calendar';
import { addDays } from '../src/time/civil';
import type { Grain } from '../src/time/grain';

/** A catalogue of KPI files given as YAML flow maps without `id` and `name`. */
export function catalogueOf(kpis: Record<string, string>, fiscalYearStart = 1): Catalogue {
  const texts = Object.entries(kpis).map(([id, yaml]) => ({
    path: `${id}.yaml`,
    text: `id: ${id}\nname: ${id}\n${yaml.includes('category') || yaml.includes('role: measure') ? '' : 'category: test\n'}${
      yaml.includes('formula') || yaml.includes('source') ? '' : 'source: { kind: demo }\n'
    }${yaml}\n`,
  }));
  const { catalogue, problems } = loadCatalogue(texts, { fiscalYearStart });
  if (!catalogue) {
    throw new Error(problems.map(problemText).join('\n'));
  }
  return catalogue;
}

export function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`);
}

/** A value a day in the half-open [from, to). */
export function daily(
  from: string,
  to: string,
  value: (date: number, i: number) => number | null,
  dims = {}
): KpiSeries {
  const times: number[] = [];
  const values: number[] = [];
  for (let date = day(from), i = 0; date < day(to); date = addDays(date, 1), i++) {
    const one = value(date, i);
    if (one !== null) {
      times.push(date);
      values.push(one);
    }
  }
  return { dims, times, values };
}

export interface Asked {
  kpi: string;
  asOf: number;
  series: Record<string, KpiSeries[]>;
  calendar?: Calendar;
  grain?: Grain;
  split?: string;
  where?: Record<string, string[]>;
  compare?: Comparison;
  basis?: 'settled' | 'current';
  readSignal?: SignalReader;
}

export function slicesOf(catalogue: Catalogue, asked: Asked): Slice[] {
  const kpi = kpiOf(catalogue, asked.kpi);
  const calendar = asked.calendar ?? createCalendar();
  const { asOf, split, where, grain = kpi.judge.at } = asked;
  return evaluate({
    kpi,
    catalogue,
    calendar,
    series: new Map(Object.entries(asked.series)),
    grain,
    asOf,
    split,
    where,
  });
}

export function statusRows(catalogue: Catalogue, asked: Asked): StatusRow[] {
  const kpi = kpiOf(catalogue, asked.kpi);
  const calendar = asked.calendar ?? createCalendar();
  const newest = new Map<string, number>();
  for (const input of inputsOf(kpi, catalogue)) {
    const times = (asked.series[input.id] ?? [])
      .flatMap((one) => Array.from(one.times))
      .filter((time) => time < asked.asOf);
    if (times.length > 0) {
      newest.set(input.id, Math.max(...times));
    }
  }
  return slicesOf(catalogue, asked).map((slice) => assess({ ...asked, kpi, catalogue, calendar, slice, newest }));
}

export function statusRow(catalogue: Catalogue, asked: Asked): StatusRow {
  return statusRows(catalogue, asked)[0]!;
}
