import fc from 'fast-check';

import { formatDuration, parseDuration } from './duration';

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['100ms', 100],
    ['1m100ms', 60_100],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '5', '-5m', '5 m', '1m1h', '1.5h', 'P1D', 'soon'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('is read back as it was written', () => {
    fc.assert(fc.property(fc.nat(10 ** 12), (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});
