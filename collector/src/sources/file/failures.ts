/** What is wrong with a file as a whole, as coded errors that name it. */
import { KpiError } from '@kpi-monitor/model/errors';

/** A file whose content is not what it should be: `what` says so, and what to do. */
export function badFile(path: string, what: string, cause?: unknown): KpiError {
  return new KpiError('SOURCE_FORMAT', `${path} ${what}`, { path }, { cause });
}

/** What the file system says, in words. */
export function unreadable(path: string, error: unknown): KpiError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const why = WORDS[code] ?? message;
  return new KpiError('SOURCE_UNREACHABLE', `${path}: ${why}`, { path }, { cause: error });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied; let the user of this process read it',
  EPERM: 'permission denied; let the user of this process read it',
  EBUSY: 'another program holds it; close it there',
  ELOOP: 'its links go round in a circle',
};

/** Whether it comes from the file system, and not from what reads the content. */
export function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
