/** Times of the day for mute timings, in UTC. */
const MINUTE = 60_000;
const DAY = 1440;

/**
 * Grafana's time intervals from one minute to another, counted from now.
 * @param from whole minutes before (negative) or after the minute that is
 */
export function window(from: number, to: number, now = Date.now()): Array<Record<string, unknown>> {
  const minute = (offset: number) => Math.floor(now / MINUTE + offset) % DAY;
  const text = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const [begin, end] = [minute(from), minute(to)];
  const span = (start: number, until: number) => ({ start_time: text(start), end_time: text(until) });
  // A span does not go over midnight.
  const times = begin < end ? [span(begin, end)] : [span(begin, DAY), ...(end > 0 ? [span(0, end)] : [])];
  return [{ times, location: 'UTC' }];
}
