/** Made-up daily KPIs as real ones are: a level that wanders, a week, a year, noise, and some of them following others. */

export interface DailyKpis {
  series: Float64Array[];
  /** of each day of the series and of as many beyond as were asked for */
  calendar: { weekday: number[]; yearPhase: number[]; holidays: null[] };
}

/** The same on every run. @param beyond days after the last value that the calendar covers */
export function dailyKpis(count: number, days: number, beyond = 0): DailyKpis {
  const random = uniform(20240229);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const series: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const size = 10 ** (1 + 4 * random());
    const weekday = Array.from({ length: 7 }, (_, day) => (day < 5 ? 1 : 0.4 + 0.4 * random()) + 0.05 * normal());
    const [growth, yearly, noise, phase] = [0.2 * normal(), 0.15 * random(), 0.02 + 0.1 * random(), random()];
    const leader = k % 5 === 4 ? series[k - 4] : undefined;
    const lag = Math.floor(15 * random());
    const mean = leader ? leader.reduce((sum, value) => sum + value, 0) / days : 1;
    let wander = 0;
    series.push(
      Float64Array.from({ length: days }, (_, t) => {
        wander = 0.98 * wander + 0.01 * normal();
        const year = yearly * Math.sin(2 * Math.PI * (t / 365.25 + phase));
        const followed = leader ? 0.5 * (leader[Math.max(0, t - lag)]! / mean - 1) : 0;
        const level = 1 + (growth * t) / days + year + wander + followed;
        return size * Math.max(0.01, level * weekday[t % 7]! * (1 + noise * normal()));
      })
    );
  }
  const all = Array.from({ length: days + beyond }, (_, t) => t);
  return {
    series,
    calendar: {
      weekday: all.map((t) => (t + 1) % 7),
      yearPhase: all.map((t) => (t % 365.25) / 365.25),
      holidays: all.map(() => null),
    },
  };
}

/** Even numbers from 0 to 1 (Park & Miller 1988). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
