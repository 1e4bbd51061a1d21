import { shardOf } from './shard';

const ids = Array.from({ length: 900 }, (_, i) => `kpi_${i}`);

test('every shard gets its part', () => {
  const counts = [0, 1, 2].map((index) => ids.filter((id) => shardOf(id, 3) === index).length);
  expect(counts.reduce((a, b) => a + b)).toBe(900);
  expect(Math.min(...counts)).toBeGreaterThan(250);
});

test('one more shard takes KPIs from the others, and moves none between them', () => {
  const moved = ids.filter((id) => shardOf(id, 4) !== shardOf(id, 3));
  expect(moved.every((id) => shardOf(id, 4) === 3)).toBe(true);
  expect(moved.length).toBeLessThan(300);
});

test('never changes: journals and data folders belong to shards', () => {
  expect(['orders', 'revenue', 'visits', 'profit'].map((id) => shardOf(id, 3))).toMatchInlineSnapshot(`
   [
     1,
     2,
     2,
     2,
   ]
  `);
});
