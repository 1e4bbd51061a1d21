/** Memory of the collector and the embedded store over many rounds of collection: flat, and below its budget. */
import { fork } from 'node:child_process';

import type { BenchOptions, Finding } from './measure';

const BUDGET_MB = 400;

interface Sample {
  rounds: number;
  rss: number;
}

export async function benchMemory({ smoke }: BenchOptions): Promise<Finding[]> {
  const rounds = smoke ? 50 : 10_000;
  // A process of its own, so that nothing that other benchmarks left behind is counted.
  const samples = await new Promise<Sample[]>((resolve, reject) => {
    const child = fork(new URL('./rounds.mjs', import.meta.url), [String(rounds)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const seen: Sample[] = [];
    child.on('message', (sample: Sample) => seen.push(sample));
    child.on('exit', (code) => (code === 0 ? resolve(seen) : reject(new Error(`the collector ended with ${code}`))));
  });
  // Single samples swing with the collector's garbage: quarters are compared by their medians.
  const quarter = Math.floor(samples.length / 4);
  const growth = medianOf(samples.slice(-quarter)) - medianOf(samples.slice(-2 * quarter, -quarter));
  const peak = Math.max(...samples.map((sample) => sample.rss));
  return [
    {
      what: `peak memory over ${rounds} collected rounds`,
      value: `${Math.round(peak)} MB`,
      budget: `${BUDGET_MB} MB`,
      holds: peak < BUDGET_MB,
    },
    {
      what: 'growth from the third quarter of them to the last',
      value: `${growth.toFixed(1)} MB`,
      budget: '20 MB',
      holds: growth < 20,
    },
  ];
}

function medianOf(samples: readonly Sample[]): number {
  const sorted = samples.map((sample) => sample.rss).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
