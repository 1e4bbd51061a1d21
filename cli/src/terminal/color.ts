/** Colours on a terminal, and none anywhere else (https://no-color.org). */
const mayColor = !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const wrap =
  (open: number, close: number, stream: NodeJS.WriteStream = process.stdout) =>
  (text: string) =>
    mayColor && stream.isTTY ? `\x1b[${open}m${text}\x1b[${close}m` : text;

export const red = wrap(31, 39);
export const green = wrap(32, 39);
export const yellow = wrap(33, 39);
export const dim = wrap(2, 22);
export const bold = wrap(1, 22);
/** For what is written to standard error. */
export const redError = wrap(31, 39, process.stderr);
