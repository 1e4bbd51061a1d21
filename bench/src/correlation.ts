/**
 * Correlation of 500 KPIs over 730 days: Pearson, Spearman, the best of lags -14 to 14, p-values corrected for persistence and
 * many tries. Beside numpy and scipy giving the same answer, which is compared too. Ours is one thread; numpy's products use all.
 */
import { correlate, type PairResult } from '@kpi-monitor/analysis/correlation/correlate';

import { dailyKpis } from './daily-kpis';
import { type BenchOptions, type Finding, ms } from './measure';
import { hasPeer, runPeer } from './peer';

const DAYS = 730;
const LAGS = 14;
const COMPARED = ['pearson', 'spearman', 'lag', 'r', 'pearsonP', 'spearmanP', 'p', 'q'] as const;
const AGREED = 1e-9;

interface Peer {
  peer: string;
  /** seconds */
  wall: number;
  cpu: number;
  found: Record<(typeof COMPARED)[number], number[]>;
}

export async function benchCorrelation({ smoke }: BenchOptions): Promise<Finding[]> {
  const { series } = dailyKpis(smoke ? 20 : 500, DAYS);
  // By turns, so that other work on the machine meets both alike.
  const runs = smoke ? 1 : 3;
  const hasNumpy = !smoke && hasPeer(['numpy', 'scipy']);
  let own = correlated(series);
  let peer = null as Peer | null;
  for (let run = 0; run < runs; run++) {
    const again = correlated(series);
    own = { ...own, wall: Math.min(own.wall, again.wall), cpu: Math.min(own.cpu, again.cpu) };
    if (hasNumpy) {
      const one = (await runPeer('correlation.py', series, [LAGS, 1])) as Peer;
      peer = peer ? { ...peer, wall: Math.min(peer.wall, one.wall), cpu: Math.min(peer.cpu, one.cpu) } : one;
    }
  }
  const what = `correlation of ${series.length} KPIs x ${DAYS} days at lags to ${LAGS}`;
  if (!peer) {
    return [{ what, value: `${ms(own.wall)}, ${ms(own.cpu)} of CPU time` }];
  }
  const difference = differenceOf(own.pairs, peer.found);
  return [
    {
      what: `${what}: time over that of ${peer.peer}`,
      value: `${(own.wall / 1000 / peer.wall).toFixed(2)} (${ms(own.wall)} over ${ms(1000 * peer.wall)})`,
      budget: '1',
      holds: own.wall / 1000 <= peer.wall,
    },
    {
      what: 'CPU time over theirs',
      value: `${(own.cpu / 1000 / peer.cpu).toFixed(2)} (${ms(own.cpu)} over ${ms(1000 * peer.cpu)})`,
    },
    {
      what: `greatest difference of r, lag, p and q to theirs`,
      value: difference.toExponential(1),
      budget: AGREED.toExponential(0),
      holds: difference <= AGREED,
    },
  ];
}

function correlated(series: readonly Float64Array[]) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const pairs = correlate(series, { maxLag: LAGS });
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { pairs, wall, cpu: (user + system) / 1000 };
}

function differenceOf(pairs: readonly PairResult[], found: Peer['found']): number {
  return pairs.reduce(
    (most, pair, i) => COMPARED.reduce((max, name) => Math.max(max, Math.abs(pair[name] - found[name][i]!)), most),
    0
  );
}
