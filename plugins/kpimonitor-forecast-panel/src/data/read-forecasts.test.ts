import { createDataFrame, FieldType, type LinkModel } from '@grafana/data';

import { columnsOf, FACTS, forecastFrame, month, NOW, waitingFrame } from '../fixtures/frames';

import { furthestOf, landingOf } from './forecast';
import { readForecasts } from './read-forecasts';

const only = (...frames: Parameters<typeof readForecasts>[0]) => readForecasts(frames).all[0]!;

describe('reading forecasts', () => {
  it('takes the columns by their names, and the facts that come beside them', () => {
    const forecast = only(forecastFrame());
    expect(forecast.facts).toEqual(FACTS);
    expect(forecast.times.slice(34, 38)).toEqual([month(-2), month(-1), month(0), month(1)]);
    expect(forecast).toMatchObject(columnsOf());
    expect(forecast.field?.name).toBe('value');
  });

  it('keeps the order of the frames, which is that of risk', () => {
    const frames = ['b', 'a', 'c'].map((kpi) => forecastFrame({ facts: { kpi, name: kpi } }));
    expect(readForecasts(frames).all.map(({ title }) => title)).toEqual(['b', 'a', 'c']);
  });

  it('names a slice after its KPI, and keeps slices of one KPI apart', () => {
    const frames = ['West', 'East'].map((slice) => forecastFrame({ facts: { slice } }));
    const { all } = readForecasts(frames);
    expect(all.map(({ title }) => title)).toEqual(['Revenue, West', 'Revenue, East']);
    expect(new Set(all.map(({ key }) => key)).size).toBe(2);
  });

  it('follows the link of the values', () => {
    const frame = forecastFrame();
    const value = frame.fields.find(({ name }) => name === 'value')!;
    value.config = { ...value.config, links: [{ title: 'Detail', url: '/d/x' }] };
    value.getLinks = () => [{ href: '/d/x?var-kpi=revenue' } as LinkModel];
    expect(only(frame).href).toBe('/d/x?var-kpi=revenue');
    expect(only(forecastFrame()).href).toBeUndefined();
  });

  it('draws lines that lost their facts: they are a forecast where they say so', () => {
    const bare = { ...forecastFrame(), meta: undefined };
    const { facts, title } = only(bare);
    expect(title).toBe('Revenue');
    expect(facts).toMatchObject({ kpi: 'revenue', now: NOW, state: 'ready', boundaries: null });
  });

  it('leaves what is no forecast alone, and says that it is none', () => {
    const series = createDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: [1, 2] },
        { name: 'value', type: FieldType.number, values: [1, 2] },
      ],
    });
    expect(readForecasts([series])).toMatchObject({ all: [], isForeign: true });
    expect(readForecasts([forecastFrame(), series])).toMatchObject({ all: [{ title: 'Revenue' }], isForeign: false });
    expect(readForecasts([createDataFrame({ fields: [] })])).toMatchObject({ all: [], isForeign: false });
  });

  it('says once what stands in the place of a KPI already', () => {
    const notices = ['FORECAST_PENDING: 1 of 2 KPIs', 'needs 24 months', 'the source crm is late'].map((text) => ({
      severity: 'warning' as const,
      text,
    }));
    const refused = waitingFrame('refused', 'needs 24 months');
    const frames = [waitingFrame('pending', ''), { ...refused, meta: { ...refused.meta, notices } }];
    expect(readForecasts(frames).notices).toEqual(['the source crm is late']);
  });
});

describe('where it lands', () => {
  it('is the open period, with what came in already', () => {
    expect(landingOf(only(forecastFrame()))).toMatchObject({ time: NOW, soFar: 410_000, target: 1_100_000 });
  });

  it('is nowhere while there is no forecast', () => {
    expect(landingOf(only(waitingFrame('pending', '')))).toBeNull();
    expect(landingOf(only(forecastFrame({ ahead: 0 })))).toBeNull();
  });

  it('is furthest in the last period that is forecast, if that is not the open one', () => {
    expect(furthestOf(only(forecastFrame()))?.time).toBe(month(6));
    expect(furthestOf(only(forecastFrame({ ahead: 1 })))).toBeNull();
  });
});
