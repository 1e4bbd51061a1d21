/**
 * Forecasts of 500 KPIs over 730 days, four weeks ahead with 90 % intervals, beside statsforecast's AutoETS and AutoARIMA on the
 * first of the same series (AutoARIMA takes seconds each); and memory over 1,000 forecasts. All on one core, one after the other,
 * and in CPU time, which other work on the machine matters less to.
 */
import { fork } from 'node:child_process';

import { dailyKpis } from './daily-kpis';
import { scaleOf, scoresOf, type Interval } from './forecast-scores';
import { type BenchOptions, type Finding, ms } from './measure';
import { hasPeer, runPeer } from './peer';

export const DAYS = 730;
export const HORIZON = 28;
const SAMPLED = { AutoETS: 50, AutoARIMA: 10 };
const GROWTH_MB = 20;

/** What the process that forecasts tells of each forecast. */
export interface Told {
  kpi: number;
  /** milliseconds of CPU time */
  ms: number;
  /** megabytes */
  rss: number;
  forecast: Interval;
}

interface Peer extends Record<keyof typeof SAMPLED, { ms: number; point: number[][]; lo: number[][]; hi: number[][] }> {
  peer: string;
}

export async function benchForecasts({ smoke }: BenchOptions): Promise<Finding[]> {
  const kpis = smoke ? 4 : 500;
  const rounds = 2;
  const told = await forecastIn(kpis, rounds);
  const each = told.slice(-kpis).reduce((sum, one) => sum + one.ms, 0) / kpis;
  const { series } = dailyKpis(kpis, DAYS + HORIZON);
  const own = told.slice(0, kpis).map(({ forecast }) => forecast);
  const quality = judged(own, series);
  const findings: Finding[] = [
    {
      what: `a forecast of ${DAYS} days, mean of ${kpis} KPIs`,
      value: `${ms(each)} of CPU time; ${quality.text}`,
    },
    memoryOf(told),
  ];
  if (smoke || !hasPeer(['statsforecast'])) {
    return findings;
  }
  const sampled = series.slice(0, Math.max(...Object.values(SAMPLED)));
  const peer = (await runPeer('forecast.py', sampled, [HORIZON, SAMPLED.AutoETS, SAMPLED.AutoARIMA])) as Peer;
  for (const method of ['AutoETS', 'AutoARIMA'] as const) {
    const its = peer[method];
    const made = its.point.map((point, i): Interval => ({ point, lo: its.lo[i]!, hi: its.hi[i]! }));
    const theirs = judged(made, series);
    const ours = judged(own.slice(0, made.length), series);
    const faster = method === 'AutoARIMA' ? { budget: '1', holds: each <= its.ms } : {};
    findings.push(
      {
        what: `CPU time over that of ${peer.peer} ${method} (${made.length} of the KPIs)`,
        value: `${(each / its.ms).toFixed(2)} (${ms(each)} over ${ms(its.ms)})`,
        ...faster,
      },
      {
        what: `scaled error over that of ${method} on these`,
        // No budget: so few made-up series do not tell who forecasts better; `bench:forecast` does, on real ones.
        value: `${(ours.mase / theirs.mase).toFixed(2)} (${ours.text} against ${theirs.text})`,
      }
    );
  }
  return findings;
}

/** A process of its own, so that nothing that other benchmarks left behind is counted. */
function forecastIn(kpis: number, rounds: number): Promise<Told[]> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./forecasting.mjs', import.meta.url), [String(kpis), String(rounds)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const told: Told[] = [];
    child.on('message', (one: Told) => told.push(one));
    child.on('exit', (code) => (code === 0 ? resolve(told) : reject(new Error(`forecasting ended with ${code}`))));
  });
}

/** Quarters are compared by their medians: single samples swing with what waits to be collected. */
function memoryOf(told: readonly Told[]): Finding {
  const quarter = Math.floor(told.length / 4);
  const growth = medianOf(told.slice(-quarter)) - medianOf(told.slice(-2 * quarter, -quarter));
  const peak = Math.max(...told.map(({ rss }) => rss));
  return {
    what: `growth of memory from the third quarter of ${told.length} forecasts to the last`,
    value: `${growth.toFixed(1)} MB (at most ${Math.round(peak)} MB in all)`,
    budget: `${GROWTH_MB} MB`,
    holds: growth <= GROWTH_MB,
  };
}

function medianOf(told: readonly Told[]): number {
  return told.map(({ rss }) => rss).sort((a, b) => a - b)[Math.floor(told.length / 2)]!;
}

/** By the days that were held back. */
function judged(made: readonly Interval[], series: readonly Float64Array[]) {
  const scores = made.map((forecast, i) => {
    const past = Array.from(series[i]!.subarray(0, DAYS));
    return scoresOf(forecast, Array.from(series[i]!.subarray(DAYS)), scaleOf(past, 7));
  });
  const mean = (of: (one: (typeof scores)[number]) => number) =>
    scores.reduce((sum, one) => sum + of(one), 0) / scores.length;
  const mase = mean((one) => one.mase);
  return { mase, text: `MASE ${mase.toFixed(2)}, ${(100 * mean((one) => one.coverage)).toFixed(0)} % inside` };
}
