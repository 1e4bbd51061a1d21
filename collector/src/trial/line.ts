/** Points of a KPI as one value a period, for a sparkline. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Point } from '@kpi-monitor/store/store';

/** Members rolled up as the KPI says; of what may not be rolled up, the mean. Oldest first. */
export function lineOf(kpi: Kpi, points: readonly Point[]): { times: number[]; values: number[] } {
  const byTime = new Map<number, Point[]>();
  for (const point of points) {
    const its = byTime.get(point.time);
    if (its) {
      its.push(point);
    } else {
      byTime.set(point.time, [point]);
    }
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return { times, values: times.map((time) => rolledUp(kpi.aggregate.dimensions, byTime.get(time)!)) };
}

function rolledUp(how: Kpi['aggregate']['dimensions'], points: readonly Point[]): number {
  const values = points.map(({ value }) => value);
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  switch (how) {
    case 'sum':
      return sum(values);
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'weighted_mean':
      return sum(points.map(({ value, weight = 1 }) => value * weight)) / sum(points.map(({ weight = 1 }) => weight));
    default:
      return sum(values) / values.length;
  }
}
