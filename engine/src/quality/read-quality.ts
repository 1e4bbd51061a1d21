/** How good the values of KPIs are, period by period, told from the store. */
import { inputsOf, requireGrain } from '@kpi-monitor/model/aggregation/resolve';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import {
  assessQuality,
  jumpReach,
  otherOf,
  type QualityPoint,
  scoreGrain,
} from '@kpi-monitor/model/quality/assess-quality';
import { LATE, RULE_OF_REFUSAL } from '@kpi-monitor/model/quality/rules';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import { coarser, type Grain } from '@kpi-monitor/model/time/grain';
import { periodAt, step } from '@kpi-monitor/model/time/period';
import type { StoredSeries } from '@kpi-monitor/store/store';

import type { Context } from '../queries/context';
import { type Need, readSeries } from '../queries/read-series';
import { refusalNotices } from '../queries/select';

export interface KpiQuality {
  kpi: Kpi;
  grain: Grain;
  points: QualityPoint[];
}

export interface QualityRead {
  found: KpiQuality[];
  notices: NonNullable<FrameMeta['notices']>;
}

/** KPIs with the store times of their score's grain, half-open, that they are wanted for. */
export type Wanted = ReadonlyArray<{ kpi: Kpi; from: number; to: number }>;

/**
 * What is wanted is computed whatever was recorded of it before. KPIs whose values cannot be put together by the day are left
 * out with a notice.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
 */
export async function readQuality(wanted: Wanted, context: Context): Promise<QualityRead> {
  const { catalogue, calendar, range } = context;
  const refused = new Map<Kpi, KpiError>();
  const asked = wanted.filter(({ kpi }) => {
    try {
      requireGrain(kpi, catalogue, scoreGrain(kpi, catalogue), calendar);
      return true;
    } catch (error) {
      if (!(error instanceof KpiError)) {
        throw error;
      }
      refused.set(kpi, error);
      return false;
    }
  });
  const [series, recorded] = await Promise.all([
    readSeries(
      asked.flatMap((one) => needsOf(one, context)),
      context
    ),
    readRecorded(asked, context),
  ]);
  const found = asked.map(({ kpi, from, to }): KpiQuality => {
    const its = inputsOf(kpi, catalogue).flatMap((input) => recorded.get(input.id) ?? []);
    const request = { kpi, catalogue, calendar, series, recorded: its, asOf: range.asOf, from, to };
    return { kpi, grain: scoreGrain(kpi, catalogue), points: assessQuality(request) };
  });
  return { found, notices: refusalNotices(refused) };
}

/** Its own values from as far back as jumps look, and those that it is reconciled with. */
function needsOf({ kpi, from }: Wanted[number], { catalogue, calendar }: Context): Need[] {
  const grain = scoreGrain(kpi, catalogue);
  const first = step(periodAt(from, grain, calendar), -jumpReach(kpi, grain)).start;
  const others = kpi.quality.reconcile.flatMap((one): Need[] => {
    const at = coarser(one.at, grain);
    const start = periodAt(from, at, calendar).start;
    return [
      { kpi, grain: at, from: start },
      { kpi: otherOf(kpi, one), grain: at, from: start },
    ];
  });
  return [{ kpi, grain, from: first }, ...others];
}

/** What was noted of the inputs when their values came, by their ids. */
export async function readRecorded(
  wanted: Wanted,
  { catalogue, store }: Context
): Promise<Map<string, StoredSeries[]>> {
  const inputs = inputsBehind(
    wanted.map(({ kpi }) => kpi),
    catalogue
  );
  const byId = new Map<string, StoredSeries[]>(inputs.map(({ id }) => [id, []]));
  if (inputs.length > 0) {
    const found = await store.recorded('quality', {
      series: inputs.map(({ id, version }) => ({ kpi: id, v: version })),
      from: Math.min(...wanted.map(({ from }) => from)),
      to: Math.max(...wanted.map(({ to }) => to)),
      where: { what: [LATE, ...Object.keys(RULE_OF_REFUSAL)] },
    });
    found.forEach((one) => byId.get(one.kpi)?.push(one));
  }
  return byId;
}

export function inputsBehind(kpis: readonly Kpi[], catalogue: Catalogue): Kpi[] {
  return [...new Set(kpis.flatMap((kpi) => inputsOf(kpi, catalogue)))];
}
