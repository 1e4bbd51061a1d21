/** What was changed of a period after it had settled, in words. */
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { shortPeriod } from '@kpi-monitor/model/format/period';
import { changeBetween } from '@kpi-monitor/model/judgement/assess';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { convertTime, periodAt } from '@kpi-monitor/model/time/period';
import type { Restated } from '@kpi-monitor/store/revision';
import type { LogEntry } from '@kpi-monitor/store/store';

import type { Context } from './context';
import { knownStore } from './known-store';
import { readStandings, type Standing } from './standings';

/** Adds to each row whose period was changed after it had settled by how much it was, and when last. */
export async function withRestatements(
  standings: readonly Standing[],
  query: RequestQuery,
  context: Context
): Promise<readonly Standing[]> {
  const revisions = (await context.revisions()).filter(({ time }) => time <= context.range.asOf);
  if (revisions.length === 0) {
    return standings;
  }
  const texts = new Map<Standing, string>();
  for (const kpi of new Set(standings.map((standing) => standing.kpi))) {
    const seen = seenOf(kpi, standings, revisions, context);
    const [first, last] = [seen[0], seen.at(-1)];
    if (first === undefined || last === undefined) {
      continue;
    }
    const store = knownStore(context.store, first - 1, context.revisions);
    const asked = { ...query, select: { ...query.select, kpis: [kpi.id] } };
    const before = (await readStandings(asked, { ...context, store })).standings;
    for (const standing of standings.filter((one) => one.kpi === kpi)) {
      const { row } = standing;
      const base = before.find((one) => one.row.slice === row.slice && one.row.period === row.period)?.row.value;
      const change =
        typeof base === 'number' && row.value !== null ? changeBetween(kpi, base, row.value, context.calendar) : null;
      if (change && change.sign !== 0) {
        const { calendar } = context;
        const day = shortPeriod(calendar.toCivil(last), 'day', calendar);
        texts.set(standing, `${shortPeriod(row.period!, row.grain, calendar)} restated ${change.text} on ${day}`);
      }
    }
  }
  return standings.map((standing) => {
    const restatedText = texts.get(standing);
    return restatedText ? { ...standing, row: { ...standing.row, restatedText } } : standing;
  });
}

/** When changes of the judged period were seen, oldest first. */
function seenOf(
  kpi: Kpi,
  standings: readonly Standing[],
  revisions: readonly LogEntry[],
  { catalogue, calendar }: Context
): number[] {
  const start = standings.find((one) => one.kpi === kpi && one.row.life !== 'open')?.row.period;
  if (start === null || start === undefined) {
    return [];
  }
  const period = periodAt(start, kpi.judge.at, calendar);
  const spans = new Map(
    inputsOf(kpi, catalogue).map((input) => [
      input.id,
      {
        v: input.version,
        from: convertTime(period.start, period.grain, input.grain, calendar),
        to: convertTime(period.end, period.grain, input.grain, calendar),
      },
    ])
  );
  return revisions
    .filter(({ kpi: id, data }) => {
      const span = spans.get(id);
      const { v, changes } = data as unknown as Restated;
      return span !== undefined && v === span.v && changes.some(({ time }) => time >= span.from && time < span.to);
    })
    .map(({ time }) => time);
}
