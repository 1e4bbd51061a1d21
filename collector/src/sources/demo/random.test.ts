import { normal, poisson, seedOf, uniform, wander } from './random';

const seed = seedOf('test');
const days = Array.from({ length: 20_000 }, (_, i) => i - 3000);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('chance has the mean and the deviation that it says', () => {
  const uniforms = days.map((day) => uniform(seed, day));
  expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniforms)).toBeLessThan(1);
  expect(mean(uniforms)).toBeCloseTo(0.5, 1);
  const normals = days.map((day) => normal(seed, day));
  expect(Math.abs(mean(normals))).toBeLessThan(0.03);
  expect(mean(normals.map((x) => x * x))).toBeCloseTo(1, 1);
});

test('neighbouring days and other names have nothing in common', () => {
  const correlation = mean(days.map((day) => normal(seed, day) * normal(seed, day + 1)));
  expect(Math.abs(correlation)).toBeLessThan(0.03);
  expect(Math.abs(mean(days.map((day) => normal(seed, day) * normal(seedOf('tesu'), day))))).toBeLessThan(0.03);
});

test('counts have the mean that is asked for, small and large', () => {
  for (const expected of [0.3, 2, 15, 39, 41, 300]) {
    expect(mean(days.map((day) => poisson(expected, seed, day))) / expected).toBeCloseTo(1, 1);
  }
  expect(poisson(0, seed, 1)).toBe(0);
});

test('a wandering line never jumps', () => {
  for (const day of days.slice(0, 500)) {
    expect(Math.abs(wander(seed, day + 1, 30) - wander(seed, day, 30))).toBeLessThan(0.11);
  }
});
