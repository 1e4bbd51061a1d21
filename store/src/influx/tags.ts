/**
 * Tag values. Line protocol cannot say a backslash before a delimiter or at the end, nor a line break, so those are
 * written as `%5C`, `%0A` and so on; a per cent sign that would read as one of these is written `%25`.
 */
const CODES = '25|5C|7F|[01][0-9A-F]';
const TO_ENCODE = new RegExp(`[\\\\\\x00-\\x1f\\x7f]|%(?=${CODES})`, 'g');
const TO_DECODE = new RegExp(`%(${CODES})`, 'g');

export function encodeTag(value: string): string {
  return value.replace(TO_ENCODE, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

export function decodeTag(value: string): string {
  return value.replace(TO_DECODE, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
