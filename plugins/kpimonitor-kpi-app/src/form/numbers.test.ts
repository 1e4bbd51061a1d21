import { readNumber, typedFactor, typedText, valueOf } from './numbers';

describe('a typed number', () => {
  it.each([
    ['900000', 900_000],
    ['900,000', 900_000],
    ['1 250 000.5', 1_250_000.5],
    ["12'000", 12_000],
    [' 4.25 ', 4.25],
    ['.5', 0.5],
    ['-3', -3],
    ['−3', -3],
    ['0', 0],
  ])('%s is read', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it('may be left out', () => {
    expect(readNumber('')).toBeNull();
    expect(readNumber('  ')).toBeNull();
  });

  // 1,5 is one and a half to half of the world: whoever types it is asked.
  it.each(['1,5', '1.000,50', '12,34,56', 'abc', '1e5', '5 %', '1..2', '-'])('%s is not guessed at', (text) => {
    expect(readNumber(text)).toBeNaN();
  });

  it('comes back as it was written, shares as per cent', () => {
    expect(typedText(0.07, typedFactor('percentunit', 'absolute'))).toBe('7');
    expect(valueOf(7, typedFactor('percentunit', 'absolute'))).toBe(0.07);
    expect(typedText(90, typedFactor('percentunit', 'percent_of_target'))).toBe('90');
    expect(typedText(1_000_000.5, 1)).toBe('1,000,000.5');
  });
});
