/**
 * Durations as alert rules write them: `90s`, `1h30m`, `0`. The units are those of Prometheus, largest first, each at
 * most once; a week has seven days and a year 365.
 * Source: prometheus.io/docs/prometheus/latest/querying/basics, "Time durations".
 */
const UNITS = { y: 365 * 86_400_000, w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

const FORM = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds, or null for what is no duration. */
export function parseDuration(text: string): number | null {
  if (text === '0') {
    return 0;
  }
  const parts = text === '' ? null : FORM.exec(text)?.slice(1);
  const units = Object.values(UNITS);
  return parts ? parts.reduce((sum, part, i) => sum + Number(part ?? 0) * units[i]!, 0) : null;
}

/** `1h30m`, `90s` as `1m30s`, `0s`: what `parseDuration` reads back. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  let text = '';
  for (const [unit, length] of Object.entries(UNITS)) {
    const count = Math.floor(rest / length);
    if (count > 0) {
      text += `${count}${unit}`;
      rest -= count * length;
    }
  }
  return text || '0s';
}
