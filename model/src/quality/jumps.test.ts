import { findJumps, type JumpRule } from './jumps';

const RULE: JumpRule = { limit: 8, least: 5, history: 90 };

/** Days of a shop that sells less at weekends, with a little noise that is the same on every run. */
const days = (count: number) =>
  Float64Array.from({ length: count }, (_, t) => (t % 7 < 5 ? 1000 : 400) * (1 + 0.03 * Math.sin(t * 12.9898 * 43.7)));
const jumpsOf = (values: Float64Array, rule = RULE) =>
  findJumps(values, 7, rule).flatMap((jump, i) => (jump ? [i] : []));

test('weekends are no jumps, however much they differ from other days', () => {
  expect(jumpsOf(days(365))).toEqual([]);
});

test('an outlier is one jump, and neither the way back nor the week after are any', () => {
  const values = days(200);
  values[150]! *= 3;
  expect(jumpsOf(values)).toEqual([150]);
  expect(findJumps(values, 7, RULE)[150]).toMatchObject({ change: expect.closeTo(values[150]! - values[149]!) });
});

test('a new level is a jump on its first day, and none once a week of it is known', () => {
  const values = days(200).map((value, i) => (i >= 150 ? value * 2.5 : value));
  expect(jumpsOf(values)[0]).toBe(150);
  expect(jumpsOf(values).filter((i) => i >= 157)).toEqual([]);
  expect(jumpsOf(values).length).toBeLessThanOrEqual(3);
});

test('what is usual is told by the history of each KPI alone: the same per cent may be usual or a jump', () => {
  const wild = days(200).map((value, i) => value * (1 + 0.6 * Math.sin(i * i)));
  const calm = days(200);
  wild[150]! *= 1.8;
  calm[150]! *= 1.8;
  expect(jumpsOf(wild)).toEqual([]);
  expect(jumpsOf(calm)).toEqual([150]);
});

test('nothing is said without a history, about what is missing, or where nothing ever changed', () => {
  const values = days(200);
  values[100] = NaN;
  const found = findJumps(values, 7, RULE);
  expect(found.slice(0, 20)).toEqual(Array(20).fill(null));
  expect([found[100], found[101], found[107]]).toEqual([null, null, null]);
  expect(found[150]).toBe(0);
  const constant = new Float64Array(100).fill(5);
  constant[90] = 9;
  expect(findJumps(constant, 7, RULE)[89]).toBe(0);
  expect(findJumps(constant, 7, RULE)[90]).toBeNull();
});

test('a change too small to matter is none, even where values hardly ever change', () => {
  const values = Float64Array.from({ length: 100 }, (_, t) => 100 + 0.001 * Math.sin(t * 7.3));
  values[80] = 101;
  expect(jumpsOf(values)).toEqual([]);
  expect(jumpsOf(values, { ...RULE, least: 0.5 })).toEqual([80]);
});
