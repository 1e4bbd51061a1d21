/** The rows of `quality` tables. */
import { stewardOf } from '@kpi-monitor/model/judgement/feeds';
import { type ErrorCode } from '@kpi-monitor/model/errors';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { QualityPoint } from '@kpi-monitor/model/quality/assess-quality';
import { findingsOf, reasonOf } from '@kpi-monitor/model/quality/finding-text';
import { LATE, QUALITY_RULE_TEXT } from '@kpi-monitor/model/quality/rules';
import { type FindingRow, gradeOf, type QualityRow, type RefusedRow } from '@kpi-monitor/model/query/quality-frames';
import type { StoredSeries } from '@kpi-monitor/store/store';

import { ownerOf } from '../frames/labels';
import type { Context } from '../queries/context';

import type { KpiQuality } from './read-quality';

export function qualityRow({ kpi, grain, points }: KpiQuality, { catalogue, calendar }: Context): QualityRow {
  const scored = points.filter(({ score }) => score !== null);
  const newest = scored.at(-1);
  const lowest = scored.reduce<QualityPoint | null>((a, b) => (a && a.score! <= b.score! ? a : b), null);
  const findings = points.map((point) => ({ point, found: findingsOf(point, kpi, calendar) }));
  const last = findings.findLast(({ found }) => found.length > 0);
  const when = (point: QualityPoint) => formatPeriod(point.start, grain, calendar);
  const counts = new Map<string, number>();
  findings.forEach(({ found }) =>
    found.forEach(({ rule }) => counts.set(QUALITY_RULE_TEXT[rule], (counts.get(QUALITY_RULE_TEXT[rule]) ?? 0) + 1))
  );
  const mean = scored.reduce((sum, { score }) => sum + score!, 0) / scored.length;
  return {
    ...{ kpi: kpi.id, name: kpi.name, category: kpi.category },
    categoryName: catalogue.categories.find(({ id }) => id === kpi.category)?.name ?? kpi.category,
    ...{ owner: ownerOf(kpi), steward: stewardOf(kpi), grain },
    score: newest?.score ?? null,
    grade: newest ? gradeOf(newest.score!) : null,
    period: newest?.start ?? null,
    periodText: newest ? when(newest) : 'nothing was due',
    mean: scored.length > 0 ? mean : null,
    lowest: lowest?.score ?? null,
    lowestText: lowest ? when(lowest) : '',
    periods: scored.length,
    unsound: scored.filter(({ score }) => gradeOf(score!) > 0).length,
    brokenText: [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([rule, n]) => `${rule} (${n})`)
      .join(', '),
    why: last ? `${when(last.point)}: ${last.found.map(({ text }) => text).join('; ')}` : '',
    refused: points.reduce((sum, point) => sum + refusedIn(point), 0),
  };
}

/** The worst first: by what is known now, then by the range. */
export function byScore(a: QualityRow, b: QualityRow): number {
  return (a.score ?? 101) - (b.score ?? 101) || (a.mean ?? 101) - (b.mean ?? 101);
}

export function refusedIn({ noted }: QualityPoint): number {
  return [...noted.refused.values()].reduce((sum, n) => sum + n, 0);
}

export function findingRows({ kpi, grain, points }: KpiQuality, { calendar }: Context): FindingRow[] {
  return points.flatMap((point) =>
    findingsOf(point, kpi, calendar).map(({ rule, text }): FindingRow => ({
      ...{ time: point.start, periodText: formatPeriod(point.start, grain, calendar) },
      ...{ kpi: kpi.id, name: kpi.name, category: kpi.category },
      ...{ rule, ruleText: QUALITY_RULE_TEXT[rule], text, score: point.score },
      ...{ grade: point.score === null ? null : gradeOf(point.score), owner: ownerOf(kpi), steward: stewardOf(kpi) },
    }))
  );
}

/** One row a code, of what the book says of an input. */
export function refusedRows(
  input: Kpi,
  recorded: readonly StoredSeries[],
  { calendar }: Context,
  file: string
): RefusedRow[] {
  return recorded.flatMap(({ dims, times, values }): RefusedRow[] => {
    const { what = LATE } = dims;
    if (what === LATE || times.length === 0) {
      return [];
    }
    const [first, last] = [times[0]!, times.at(-1)!];
    const day = (time: number) => formatPeriod(time, 'day', calendar);
    return [
      {
        ...{ kpi: input.id, name: input.name, source: input.source?.kind ?? '' },
        ...{ code: what, reason: reasonOf(what as ErrorCode), records: values.reduce((sum, n) => sum + n, 0) },
        ...{ first, last, daysText: first === last ? day(first) : `${day(first)} to ${day(last)}` },
        ...{ file, steward: stewardOf(input) },
      },
    ];
  });
}
