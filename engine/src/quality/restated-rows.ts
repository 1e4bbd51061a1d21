/** Judged periods that were changed after they had settled, as rows of a `quality` table. */
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import { changeBetween } from '@kpi-monitor/model/judgement/assess';
import { stewardOf } from '@kpi-monitor/model/judgement/feeds';
import type { RestatedRow } from '@kpi-monitor/model/query/quality-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { convertTime, periodAt } from '@kpi-monitor/model/time/period';
import type { Change, Restated } from '@kpi-monitor/store/revision';

import { ownerOf } from '../frames/labels';
import type { Context } from '../queries/context';
import { asFirstReported, restatedOf } from '../queries/reported';
import { selectAndEvaluate } from '../queries/select';

/** What was changed of a judged period, by the KPI or measure whose values they are. */
interface Restatement {
  kpi: Kpi;
  /** start of the period */
  period: number;
  /** instant of the last one */
  seen: number;
  changes: Map<Kpi, Change[]>;
}

/** Of what was seen in the range, the newest first. @throws KpiError of the store */
export async function restatedRows(
  query: RequestQuery,
  kpis: readonly Kpi[],
  context: Context
): Promise<RestatedRow[]> {
  const found = await restatementsOf(kpis, context);
  if (found.length === 0) {
    return [];
  }
  const [before, now] = await Promise.all([
    valuesOf(found, query, asFirstReported(context)),
    valuesOf(found, query, context),
  ]);
  return found
    .map((one) => rowOf(one, before(one), now(one), context))
    .sort((a, b) => b.time - a.time || b.period - a.period);
}

async function restatementsOf(kpis: readonly Kpi[], context: Context): Promise<Restatement[]> {
  const { catalogue, calendar, range } = context;
  const revisions = (await context.revisions()).filter(({ time }) => time >= range.from && time <= range.asOf);
  const found = new Map<string, Restatement>();
  for (const kpi of restatedOf(kpis, revisions, context)) {
    const inputs = new Map(inputsOf(kpi, catalogue).map((input) => [input.id, input]));
    for (const { kpi: id, time: seen, data } of revisions) {
      const { v, changes } = data as unknown as Restated;
      const input = inputs.get(id ?? '');
      for (const change of input?.version === v ? changes : []) {
        const at = convertTime(change.time, input!.grain, kpi.judge.at, calendar);
        const period = periodAt(at, kpi.judge.at, calendar).start;
        const key = `${period} ${kpi.id}`;
        const one = found.get(key) ?? { kpi, period, seen, changes: new Map<Kpi, Change[]>() };
        one.changes.set(input!, [...(one.changes.get(input!) ?? []), change]);
        found.set(key, { ...one, seen });
      }
    }
  }
  return [...found.values()];
}

async function valuesOf(found: readonly Restatement[], query: RequestQuery, context: Context) {
  const kpis = [...new Set(found.map(({ kpi }) => kpi))];
  const periods = found.map(({ period }) => period);
  const from = Math.min(...periods);
  const { evaluated } = await selectAndEvaluate(
    { ...query, select: { kpis: kpis.map(({ id }) => id) }, split: undefined },
    context,
    (kpi) => ({ kpi, grain: kpi.judge.at, from })
  );
  const values = new Map(
    evaluated.flatMap(({ asked: { kpi, grain }, slices: [whole] }) =>
      (whole?.points(from, periodAt(Math.max(...periods), grain, context.calendar).end) ?? []).map(
        ({ start, value }) => [`${start} ${kpi.id}`, value] as const
      )
    )
  );
  return ({ kpi, period }: Restatement) => values.get(`${period} ${kpi.id}`) ?? null;
}

function rowOf(
  { kpi, period, seen, changes }: Restatement,
  reported: number | null,
  value: number | null,
  { calendar }: Context
): RestatedRow {
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const change = reported === null || value === null ? null : changeBetween(kpi, reported, value, calendar);
  return {
    time: seen,
    seenText: formatPeriod(calendar.toCivil(seen), 'day', calendar),
    ...{ kpi: kpi.id, name: kpi.name, category: kpi.category },
    period,
    periodText: formatPeriod(period, kpi.judge.at, calendar),
    ...{ reported, reportedText: formatValue(reported, style) },
    ...{ value, valueText: formatValue(value, style) },
    changeText: change === null ? '' : change.sign === 0 ? 'none' : change.text,
    what: [...changes]
      .map(([input, its]) => (input === kpi ? countText(its) : `${input.name}: ${countText(its)}`))
      .join('; '),
    ...{ owner: ownerOf(kpi), steward: stewardOf(kpi) },
  };
}

/** "31 values changed, 1 withdrawn, 2 added" */
function countText(changes: readonly Change[]): string {
  const added = changes.filter((change) => change.old === null).length;
  const withdrawn = changes.filter((change) => change.new === null).length;
  const counts: Array<[number, string]> = [
    [changes.length - added - withdrawn, 'changed'],
    [withdrawn, 'withdrawn'],
    [added, 'added'],
  ];
  return counts
    .filter(([n]) => n > 0)
    .map(([n, word], i) => (i === 0 ? `${n} value${n === 1 ? '' : 's'} ${word}` : `${n} ${word}`))
    .join(', ');
}
