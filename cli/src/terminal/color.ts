/** Colours on a terminal, and none anywhere else (https://no-color.org). */
const isColored = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const wrap = (open: number, close: number) => (text: string) =>
  isColored ? `\x1b[${open}m${text}\x1b[${close}m` : text;

export const red = wrap(31, 39);
export const green = wrap(32, 39);
export const yellow = wrap(33, 39);
export const dim = wrap(2, 22);
export const bold = wrap(1, 22);
