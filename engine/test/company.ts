/**
 * A company small enough to check by hand, in a real store: two regions, 14 months of days up to 18 March 2026. Revenue is 100 a day
 * (West 60, East 40), but West sells 40 in February 2026: 2,240 of a target of 3,000 is 74.7 %, critical.
 */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { type Calendar, createCalendar } from '@kpi-monitor/model/time/calendar';
import { addDays, civil } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Point, Store } from '@kpi-monitor/store/store';

import { createEngine, type Engine, type EngineOptions } from '../src/engine';

/** Wednesday, 18 March 2026, 10:30 in Berlin. */
export const NOW = Date.UTC(2026, 2, 18, 9, 30);

const FILES: Record<string, string> = {
  '_catalogue.yaml': `
name: Example company
categories:
  - { id: financial, name: Financial }
  - { id: customer, name: Customers }
`,
  'revenue.yaml': `
id: revenue
name: Revenue
category: financial
tier: headline
kind: flow
unit: currency:financial:$
definition: { text: "Invoiced, net" }
owners: { accountable: cfo, notify: finance }
dimensions: [region]
judge: { at: month }
references:
  - { kind: target, value: 3000 }
  - { kind: target, value: 1800, slice: { region: West } }
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }
source: { kind: demo, expected_by: "period_end + 1 day 06:00" }
`,
  'margin.yaml': `
id: margin
name: Profit margin
category: financial
kind: ratio
unit: percent
formula: profit / revenue * 100
judge: { at: month }
references: [{ kind: target, value: 25 }]
thresholds: { warning: 20, critical: 15, emergency: 10 }
`,
  'profit.yaml': `
id: profit
name: Profit
role: measure
kind: flow
unit: currency:financial:$
dimensions: [region]
source: { kind: demo, expected_by: "period_end + 1 day 06:00" }
`,
  'satisfaction.yaml': `
id: satisfaction
name: Satisfaction
category: customer
kind: score
grain: month
decimals: 1
aggregate: { time: weighted_mean, dimensions: weighted_mean }
judge: { at: month, min_observations: 100 }
thresholds: { warning: 4, critical: 3.5, emergency: 3 }
source: { kind: demo }
`,
  'awareness.yaml': `
id: awareness
name: Awareness
category: customer
tier: diagnostic
kind: ratio
unit: percent
grain: quarter
source: { kind: demo }
`,
};

export function exampleCatalogue(files: Record<string, string> = {}): Catalogue {
  const { catalogue, problems } = loadCatalogue(
    Object.entries({ ...FILES, ...files }).map(([path, text]) => ({ path, text }))
  );
  if (!catalogue) {
    throw new Error(problems.map((problem) => `${problem.file}:${problem.line} ${problem.message}`).join('\n'));
  }
  return catalogue;
}

export function examplePoints(): Point[] {
  const points: Point[] = [];
  const february = { from: civil(2026, 2, 1), to: civil(2026, 3, 1) };
  for (let time = civil(2025, 1, 1); time <= civil(2026, 3, 17); time = addDays(time, 1)) {
    const isFebruary = time >= february.from && time < february.to;
    for (const [region, sold] of [
      ['West', isFebruary ? 40 : 60],
      ['East', 40],
    ] as const) {
      points.push({ kpi: 'revenue', v: 1, dims: { region }, time, value: sold });
      points.push({ kpi: 'profit', v: 1, dims: { region }, time, value: sold * (isFebruary ? 0.125 : 0.25) });
    }
  }
  for (let month = 1; month <= 14; month++) {
    const time = civil(2025, month, 1);
    points.push({ kpi: 'satisfaction', v: 1, dims: {}, time, value: 4.25, weight: month === 14 ? 40 : 200 });
  }
  points.push({ kpi: 'awareness', v: 1, dims: {}, time: civil(2025, 10, 1), value: 31 });
  return points;
}

export interface Example {
  engine: Engine;
  store: Store;
  catalogue: Catalogue;
  calendar: Calendar;
  close(): Promise<void>;
}

export async function openExample(options: Partial<EngineOptions> = {}): Promise<Example> {
  const calendar = options.calendar ?? createCalendar({ zone: 'Europe/Berlin' });
  const store = options.store ?? createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  const outcome = await store.write(examplePoints());
  if (outcome.rejected.length > 0) {
    throw new Error(`the store refused ${JSON.stringify(outcome.rejected[0])}`);
  }
  const catalogue = options.catalogue?.() ?? exampleCatalogue();
  const engine = createEngine({
    catalogue: () => catalogue,
    calendar,
    store,
    clock: () => NOW,
    version: '0.0.0-test',
    ...options,
  });
  return { engine, store, catalogue, calendar, close: () => store.close() };
}
