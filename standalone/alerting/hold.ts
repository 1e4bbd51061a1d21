/** One process evaluates the rules of a data folder: two would tell everything twice. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Hold {
  release(): void;
}

/**
 * @param path `.kpi/alerting/evaluator.lock`
 * @returns the hold, or the process that has it
 */
export function takeHold(path: string): Hold | { heldBy: number } {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const pid = holderOf(path);
    if (pid !== null) {
      return { heldBy: pid };
    }
    // Whoever had it died without giving it back.
    rmSync(path, { force: true });
  }
}

/** Null when that process is gone, or is this one: a number that was given again after a crash. */
function holderOf(path: string): number | null {
  let pid = NaN;
  try {
    pid = Number(readFileSync(path, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) {
      return null;
    }
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null;
  }
}
