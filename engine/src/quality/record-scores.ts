/** Keeps the recorded scores in step with the values. */
import { setImmediate as breathe } from 'node:timers/promises';

import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { Context } from '../queries/context';

import { readQuality } from './read-quality';
import { recordedScores, scorePoints, wantedOf } from './scores';

/** KPIs that are computed together: others get their turn in between. */
const PART = 20;

/**
 * Computes the scores of the context's range and writes those that differ from what is recorded, so that nothing is written
 * twice. A score that is no more (its values were withdrawn, the first of all) is withdrawn too.
 * @returns how many were written
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
 */
export async function recordScores(
  kpis: readonly Kpi[],
  context: Context,
  store: Pick<Store, 'record'>
): Promise<number> {
  let written = 0;
  for (let first = 0; first < kpis.length; first += PART) {
    context.signal?.throwIfAborted();
    const part = kpis.slice(first, first + PART);
    const wanted = wantedOf(part, context);
    const [{ found }, recorded] = await Promise.all([readQuality(wanted, context), recordedScores(wanted, context)]);
    const changed = found.flatMap((one): Point[] => {
      const known = recorded.get(one.kpi);
      const before = new Map(known?.times.map((time, i) => [time, known.values[i]!]));
      const now = scorePoints(one);
      const gone = new Set(before.keys());
      now.forEach(({ time }) => gone.delete(time));
      const { id, version: v } = one.kpi;
      return [
        ...now.filter(({ time, value }) => before.get(time) !== value),
        ...[...gone].map((time) => ({
          kpi: id,
          v,
          dims: now[0]?.dims ?? { what: 'score' },
          time,
          value: 0,
          void: true,
        })),
      ];
    });
    if (changed.length > 0) {
      await store.record('quality', changed);
    }
    written += changed.length;
    await breathe();
  }
  return written;
}
