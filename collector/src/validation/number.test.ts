import { readNumber } from './number';

test.each([
  ['12', 12],
  [' -12.50 ', -12.5],
  ['1,234,567.8', 1234567.8],
  ['1 234', 1234],
  ['.5', 0.5],
  ['1e3', 1000],
  ['−3', -3],
  [7, 7],
  [12n, 12],
])('%p is a number', (raw, expected) => {
  expect(readNumber(raw)).toBe(expected);
});

test.each([
  ['1234,5', 1234.5],
  ['1.234.567,8', 1234567.8],
  ['12', 12],
])('%p is a number where the comma is decimal', (raw, expected) => {
  expect(readNumber(raw, ',')).toBe(expected);
});

test.each([
  '',
  '-',
  '.',
  'n/a',
  '$5',
  '12%',
  '1,5',
  '12,34',
  '1.2.3',
  'NaN',
  'Infinity',
  '0x10',
  NaN,
  Infinity,
  null,
  true,
  [],
])('%p is not guessed at', (raw) => {
  expect(readNumber(raw)).toBeNull();
});
