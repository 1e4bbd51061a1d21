/** Numbers as Go writes them, in whose templates annotations are. */

/** All digits and no exponent. */
export function plainNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const [, sign, whole = '', part = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) {
    return String(value);
  }
  const digits = whole + part;
  const point = whole.length + Number(exponent);
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '');
}

/** The shortest form that says the same number, with an exponent from 1e+06 on. */
export function shortNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value) || value === 0) {
    return value === 0 ? '0' : plainNumber(value);
  }
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return plainNumber(value);
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
