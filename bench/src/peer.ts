/** Peers in Python: scripts in `bench/peers`, run by `KPI_PYTHON`, else `python3`, where it has their packages. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const PYTHON = process.env.KPI_PYTHON ?? 'python3';

/** Whether they are there; says in one line what is skipped when not. */
export function hasPeer(packages: readonly string[]): boolean {
  try {
    execFileSync(PYTHON, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(`skipped: the comparison with ${packages.join(', ')} (not in ${PYTHON}; set KPI_PYTHON)\n`);
    return false;
  }
}

/** What a script prints, as JSON. It gets a file of all series, their number and length, then `words`. */
export async function runPeer(script: string, series: readonly Float64Array[], words: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-peer-'));
  const file = join(folder, 'series');
  writeFileSync(file, Buffer.concat(series.map(({ buffer }) => Buffer.from(buffer))));
  try {
    const args = [resolve('bench/peers', script), file, series.length, series[0]!.length, ...words].map(String);
    const { stdout } = await promisify(execFile)(PYTHON, args, { maxBuffer: 2 ** 30 });
    return JSON.parse(stdout) as unknown;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
