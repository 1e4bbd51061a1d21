/**
 * The promise, tried: a process under load is killed at random moments while its store misbehaves; every point that it
 * said is safe arrives. `KPI_CRASH_ROUNDS=200` for many rounds, `KPI_CRASH_SEED` for others.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { build } from 'esbuild';

import { POISON, startStandIn } from '../../test/crash/stand-in';

const ROUNDS = Number(process.env.KPI_CRASH_ROUNDS ?? 12);
const SEED = Number(process.env.KPI_CRASH_SEED ?? 1);

jest.setTimeout(120_000 + ROUNDS * 20_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kpi-crash-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

test('every point that was acknowledged arrives, and the collector takes new ones afterwards', async () => {
  const program = join(folder, 'child.mjs');
  await build({
    entryPoints: [resolve(__dirname, '../../test/crash/child.ts')],
    outfile: program,
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const random = seeded(SEED);
  const store = await startStandIn(random);
  const acknowledged = new Set<number>();
  let next = 1;
  const run = async (mode: 'load' | 'drain') => {
    const child = spawn(process.execPath, [program, join(folder, 'data'), store.url, String(next), mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // All that it said has been read by then; when it exits, some may still be on its way.
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const first = new Promise<void>((begun) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const id = Number(line.slice(2));
        acknowledged.add(id);
        next = Math.max(next, id + 1);
        begun();
      });
    });
    if (mode === 'load') {
      await Promise.race([first, ended]);
      await sleep(random() * 300);
      child.kill('SIGKILL');
    }
    const code = await ended;
    // Ids that were taken and not said may be on the disk: the next process uses others.
    next += 1000;
    return code;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const before = acknowledged.size;
    await run('load');
    expect(acknowledged.size).toBeGreaterThan(before);
  }
  store.behaves = true;
  const last = next;
  expect(await run('drain')).toBe(0);
  await store.close();

  const lost = [...acknowledged].filter((id) => !store.stored.has(id) && !store.refused.has(id));
  expect(lost).toEqual([]);
  expect(store.stored.has(last) || store.refused.has(last)).toBe(true);
  expect([...store.refused].every((id) => id % POISON === 0)).toBe(true);
  if (process.env.KPI_CRASH_ROUNDS) {
    process.stderr.write(
      `${ROUNDS} kills, seed ${SEED}: ${acknowledged.size} points acknowledged, ${lost.length} lost; ${JSON.stringify(store.shown)}\n`
    );
  }
});
