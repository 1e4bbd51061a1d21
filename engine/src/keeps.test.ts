/** Several processes answer from one store: each keeps up the forecasts and scores of its part of the KPIs. */
import { NOW, openExample } from '../test/company';

import { createEngine } from './engine';
import type { ShelvedFit } from './forecasting/fits';

it('the parts of all keep what one would keep, each of its own KPIs alone', async () => {
  const saved = new Map<string, ShelvedFit>();
  const shelf = {
    load: (name: string) => Promise.resolve(saved.get(name) ?? null),
    save: (name: string, fit: ShelvedFit) => Promise.resolve(void saved.set(name, fit)),
  };
  const isRevenue = ({ id }: { id: string }) => id === 'revenue';
  const example = await openExample({ shelf, keeps: isRevenue });
  const { store, catalogue, calendar } = example;
  const beside = (keeps?: typeof isRevenue) =>
    createEngine({
      catalogue: () => catalogue,
      calendar,
      store,
      clock: () => NOW,
      version: '0.0.0-test',
      shelf,
      keeps,
    });
  try {
    const [first, second] = [example.engine, beside((kpi) => !isRevenue(kpi))];
    expect(await first.foresee()).toBe(1);
    const ofRevenue = saved.size;
    expect(await second.foresee()).toBe(catalogue.kpis.length - 1);
    expect(saved.size).toBeGreaterThan(ofRevenue);

    const [some, others] = [await first.recordScores(), await second.recordScores()];
    expect([some > 100, others > 100]).toEqual([true, true]);
    expect(await beside().recordScores()).toBe(0);
  } finally {
    await example.close();
  }
});
