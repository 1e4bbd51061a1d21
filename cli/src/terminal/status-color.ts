/** Lines that end with the word of a status, in its colour. */
import { green, red, yellow } from './color';

const COLORS: Array<[RegExp, (text: string) => string]> = [
  [/(Emergency|Critical)$/, red],
  [/(Warning|Late)$/, yellow],
  [/Normal$/, green],
];

export function statusColored(text: string): string {
  return text
    .split('\n')
    .map((line) => COLORS.reduce((done, [pattern, paint]) => done.replace(pattern, (word) => paint(word)), line))
    .join('\n');
}
