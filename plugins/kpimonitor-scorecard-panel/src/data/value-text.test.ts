import { formatValue } from '@kpi-monitor/model/format/number';

import { statusRow } from '../fixtures/rows';

import { compacted, valueParts } from './value-text';

describe('a formatted value, taken apart', () => {
  it.each([
    ['$812,400', 0, ['$', '812,400', '', '']],
    ['$1,812,400.25', 2, ['$', '1,812,400', '.25', '']],
    ['14.2 %', 1, ['', '14', '.2', ' %']],
    ['-42.0 %', 1, ['', '-42', '.0', ' %']],
    ['$-42,300', 0, ['$', '-42,300', '', '']],
    ['4.41', 2, ['', '4', '.41', '']],
    ['1.234.567,89 €', 2, ['', '1.234.567', ',89', ' €']],
    ['1,234', 0, ['', '1,234', '', '']],
    ['1.234', 0, ['', '1.234', '', '']],
    ['1.234', 3, ['', '1', '.234', '']],
    ['$1.2M', 0, ['$', '1', '.2', 'M']],
    ['7.50 req/s', 0, ['', '7', '.50', ' req/s']],
    ['–', 0, ['', '–', '', '']],
    ['', 0, ['', '', '', '']],
  ])('%s with %d decimals', (text, decimals, [before, whole, fraction, after]) => {
    expect(valueParts(text, decimals)).toEqual({ before, whole, fraction, after });
  });

  it('gives the text back when put together, in any locale', () => {
    for (const locale of ['en-US', 'de-DE', 'fr-CH', 'sv-SE', 'en-IN']) {
      for (const value of [0, -1, 0.5, 1234.567, -9_876_543.21]) {
        const text = formatValue(value, { unit: 'percent', decimals: 2, locale });
        expect(Object.values(valueParts(text, 2)).join('')).toBe(text);
      }
    }
  });
});

describe('short numbers', () => {
  it('shorten thousands and leave what is short or missing', () => {
    const row = compacted(
      statusRow({
        value: 1_204_110,
        valueText: '$1,204,110',
        target: 500,
        targetText: '$500',
        landing: null,
        landingText: '',
      })
    );
    expect([row.valueText, row.targetText, row.landingText]).toEqual(['$1.2M', '$500', '']);
  });
});
