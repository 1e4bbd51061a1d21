import { retryAfterOf } from './retry';

const NOW = Date.UTC(2026, 5, 17, 12);

test.each([
  ['seconds', '120', 120_000],
  ['a date', 'Wed, 17 Jun 2026 12:00:30 GMT', 30_000],
  ['a date that is over', 'Wed, 17 Jun 2026 11:00:00 GMT', 0],
  ['more than a day', '9999999', 86_400_000],
  ['what is neither', 'soon', undefined],
  ['nothing', undefined, undefined],
])('Retry-After with %s', (_, header, wait) => {
  expect(retryAfterOf(header, NOW)).toBe(wait);
});
