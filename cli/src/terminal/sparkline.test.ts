import { sparkline } from './sparkline';

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], 8, '▁▂▃▄▅▆▇█'],
  [[5, 5, 5], 8, '▄▄▄'],
  [[1, null, 2], 8, '▁ █'],
  [[1, 9, 2, 9, 3, 9, 4, 8], 4, '███▁'],
  [[], 8, ''],
])('%j in %d columns', (values, width, line) => {
  expect(sparkline(values, width)).toBe(line);
});
