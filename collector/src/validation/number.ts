/** Reads a number as sources write it. Thousands may be grouped; currency signs and units are not guessed at. */
export function readNumber(raw: unknown, decimal: '.' | ',' = '.'): number | null {
  if (typeof raw === 'number') {
    return Number.isFinite(raw) ? raw : null;
  }
  if (typeof raw === 'bigint') {
    return Number(raw);
  }
  if (typeof raw !== 'string') {
    return null;
  }
  const text = raw.trim().replaceAll('\u2212', '-');
  const form = decimal === '.' ? POINT : COMMA;
  if (!form.test(text)) {
    return null;
  }
  const group = decimal === '.' ? /[,\s'’]/g : /[.\s'’]/g;
  const value = Number(text.replace(group, '').replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

const POINT = /^[+-]?(\d+|\d{1,3}([,\s'’]\d{3})+)?(\.\d+)?(?<=\d)(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(\d+|\d{1,3}([.\s'’]\d{3})+)?(,\d+)?(?<=\d)(e[+-]?\d+)?$/i;
