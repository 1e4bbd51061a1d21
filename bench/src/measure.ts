/** Timings as medians, after a warm-up. */
export async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

export interface Finding {
  what: string;
  value: string;
  /** what it has to stay under, where there is a budget */
  budget?: string;
  /** false when a budget is overrun */
  holds?: boolean;
}

export interface BenchOptions {
  /** only whether it runs, with small numbers */
  smoke: boolean;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
