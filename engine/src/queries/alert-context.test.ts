import {
  FEED_TEXTS,
  FORECAST_TEXTS,
  KPI_IDENTITY,
  KPI_TEXTS,
  QUALITY_TEXTS,
} from '@kpi-monitor/model/query/alert-texts';
import type { Frame } from '@kpi-monitor/model/query/frames';
import { civil } from '@kpi-monitor/model/time/civil';

import { ask } from '../../test/ask';
import { type Example, openExample } from '../../test/company';

let example: Example;
beforeAll(async () => {
  example = await openExample();
});
afterAll(() => example.close());

const context = (more: object = {}, range: object = {}) =>
  ask(example.engine, { type: 'alertContext', select: {}, format: 'numeric', ...more }, range);
const labelsOf = (frames: Frame[]) => frames.map((frame) => frame.schema.fields[0]!.labels!);
const of = async (kpi: string, more: object = {}, range: object = {}) =>
  labelsOf(await context({ select: { kpis: [kpi] }, ...more }, range))[0]!;

describe('texts for messages about KPIs', () => {
  it('are labels beside those that identify the instances of a rule on status', async () => {
    const level = labelsOf(await ask(example.engine, { type: 'status', select: {}, format: 'numeric' }));
    const texts = labelsOf(await context());
    const identity = (labels: Record<string, string>) =>
      Object.fromEntries(KPI_IDENTITY.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])));
    expect(texts.map(identity)).toEqual(level);
    expect(new Set(level.map((labels) => JSON.stringify(labels))).size).toBe(level.length);
  });

  it.each([
    {},
    { split: 'region', select: { kpis: ['revenue', 'margin'] } },
    { about: 'forecast' },
    { about: 'quality' },
  ])('are all there, and none is empty: %j', async (more) => {
    const about = 'about' in more ? more.about : '';
    const names = [
      ...Object.keys(KPI_TEXTS),
      ...(about === 'forecast' ? Object.keys(FORECAST_TEXTS) : []),
      ...(about === 'quality' ? Object.keys(QUALITY_TEXTS) : []),
    ];
    for (const labels of labelsOf(await context(more))) {
      expect(names.filter((name) => !labels[name]?.trim())).toEqual([]);
      expect(Object.values(labels).filter((text) => /undefined|NaN|null|–/.test(text))).toEqual([]);
    }
  });

  it('tell what is wrong, how wrong, since when, whether it is unusual, and what drives it', async () => {
    expect(await of('revenue')).toMatchObject({
      sentence: 'Revenue is critical: $2,240 in February 2026, 25 % below target',
      valueText: '$2,240',
      targetText: '$3,000',
      gapText: '25 % below target',
      thresholdText: 'critical at $2,400 or below, normal above $2,700',
      since: 'February 2026, for 1 month',
      unusual: 'below its usual range, the lowest of 14 months',
      driver: 'West (region): -$680 of the -$760 against target, 89 %',
      outlookText: 'March on pace: landing at $2,974, target $3,000',
      ownerText: 'finance, accountable: cfo',
    });
  });

  it('name the member that drives a ratio, or say that all are off alike', async () => {
    expect((await of('margin')).driver).toBe('no single one: all are off alike against a year earlier');
    const eastHolds = await openExample();
    const days = Array.from({ length: 28 }, (_, day) => civil(2026, 2, 1 + day));
    const dims = { region: 'East' };
    await eastHolds.store.write(days.map((time) => ({ kpi: 'profit', v: 1, dims, time, value: 10 })));
    const [labels] = labelsOf(
      await ask(eastHolds.engine, { type: 'alertContext', select: { kpis: ['margin'] }, format: 'numeric' })
    );
    await eastHolds.close();
    // 18.75 % in all and 25 % without West: West's part is all of it.
    expect(labels!.driver).toBe('West (region): -6.3 pp of the -6.3 pp against a year earlier, 100 %');
  });

  it('lead to what stood at the time that they tell about', async () => {
    const to = Date.UTC(2026, 1, 10, 12);
    const { link } = await of('revenue', {}, { from: '2025-01-01T00:00:00Z', to: new Date(to).toISOString() });
    expect(link).toMatch(/^d\/kpi-detail\?var-kpi=revenue&from=\d+&to=\d+$/);
    expect(Number(/to=(\d+)/.exec(link!)![1])).toBe(to);
  });

  it('carry the level as their number, null where nothing is judged', async () => {
    const levels = (await context()).map((frame) => frame.data.values[0]![0]);
    expect(levels).toEqual([2, 2, null, null]);
  });
});

describe('texts for messages about feeds', () => {
  it('say what is late and who stands on it', async () => {
    const later = { from: '2026-03-01T00:00:00Z', to: '2026-03-25T12:00:00Z' };
    const frozen = await openExample({ clock: () => Date.UTC(2026, 2, 25, 12) });
    const frames = await ask(frozen.engine, { type: 'alertContext', about: 'feed', select: {} }, later);
    const hours = await ask(frozen.engine, { type: 'freshness', select: {} }, later);
    await frozen.close();
    expect(labelsOf(frames).map(({ feed, owner, impacted }) => [feed, owner, impacted])).toEqual([
      ['demo', 'finance', 'Revenue, Profit margin'],
      ['demo', undefined, 'Profit margin'],
    ]);
    for (const labels of labelsOf(frames)) {
      expect(Object.keys(FEED_TEXTS).filter((name) => !labels[name])).toEqual([]);
    }
    expect(labelsOf(frames)[0]!.sentence).toBe(
      "The demo company's source is 6 days late: Revenue, Profit margin stand on it"
    );
    expect(labelsOf(hours)).toEqual(labelsOf(frames).map(({ feed, owner }) => ({ feed, ...(owner && { owner }) })));
    expect(hours[0]!.data.values[0]![0]).toBeGreaterThan(6 * 24);
  });
});
