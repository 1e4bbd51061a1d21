import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { grainOf } from './grain';

const context = {
  catalogue: { byId: new Map(), kpis: [] } as unknown as Catalogue,
  calendar: createCalendar(),
  range: { from: 0, to: 1, asOf: 1, isLive: true },
};
const quarterly = { id: 'cash_flow', grain: 'day', judge: { at: 'quarter' } } as Kpi;
const ask = (more: Partial<RequestQuery>): RequestQuery => ({ refId: 'A', v: 1, type: 'series', select: {}, ...more });

it.each([
  ['judged', undefined, 'quarter'],
  ['judged', 'timeseries', 'quarter'],
  ['auto', 'table', 'quarter'],
  ['month', 'timeseries', 'month'],
] as const)('answers grain %s as %s by the %s', (grain, format, expected) => {
  expect(grainOf(quarterly, ask({ grain, format }), context)).toBe(expected);
});
