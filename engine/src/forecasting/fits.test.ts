import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

import type { Work } from '../work/work';

import { createFits, type FitShelf, type ShelvedFit } from './fits';

const values = Float64Array.from({ length: 40 }, (_, t) => 10 + (t % 7));
const asked = (more: object = {}) => ({
  ...{ name: 'sales', series: { values, seasons: [7], horizon: 3 }, until: 100, patience: Infinity, ...more },
});

function counting() {
  let runs = 0;
  const work: Work = {
    run: async (_name, input) => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return fitForecast(input as never) as never;
    },
    close: () => Promise.resolve(),
  };
  return { work, runs: () => runs };
}

function memoryShelf(): FitShelf & { saved: Map<string, ShelvedFit> } {
  const saved = new Map<string, ShelvedFit>();
  return {
    saved,
    load: (name) => Promise.resolve(saved.get(name) ?? null),
    save: (name, fit) => Promise.resolve(void saved.set(name, fit)),
  };
}

it('fits once, and says that it is not ready to whoever cannot wait', async () => {
  const { work, runs } = counting();
  const fits = createFits(work);
  expect(await fits.get(asked({ patience: 1 }))).toBeNull();
  expect(fits.pending()).toBe(1);
  expect(await fits.get(asked())).toMatchObject({ state: 'ready' });
  expect(await fits.get(asked({ patience: 0 }))).toMatchObject({ state: 'ready' });
  expect(runs()).toBe(1);
  expect(fits.pending()).toBe(0);
});

it('takes a fit from the shelf when it is of the same values', async () => {
  const shelf = memoryShelf();
  const { work, runs } = counting();
  const first = await createFits(work, shelf).get(asked());
  const restarted = createFits(work, shelf);
  expect(await restarted.get(asked())).toEqual(first);
  expect(runs()).toBe(1);
  await restarted.get(
    asked({ series: { values: values.map((value) => value + 1), seasons: [7], horizon: 3 }, until: 200 })
  );
  expect(runs()).toBe(2);
  expect(shelf.saved.get('sales')!.until).toBe(200);
});

it('takes what another process has put on the shelf since', async () => {
  const shelf = memoryShelf();
  const { work, runs } = counting();
  const [ours, theirs] = [createFits(work, shelf), createFits(work, shelf)];
  await ours.get(asked());
  await theirs.get(asked());
  const later = asked({ series: { values: values.subarray(1), seasons: [7], horizon: 3 }, until: 200 });
  expect(await ours.get(later)).toEqual(await theirs.get(later));
  expect(runs()).toBe(2);
});

it('keeps the newest on the shelf when somebody looks at the past', async () => {
  const shelf = memoryShelf();
  const { work } = counting();
  await createFits(work, shelf).get(asked({ until: 300 }));
  const fits = createFits(work, shelf);
  await fits.get(asked({ series: { values: values.subarray(0, 20), seasons: [7], horizon: 3 }, until: 200 }));
  expect(shelf.saved.get('sales')!.until).toBe(300);
});
