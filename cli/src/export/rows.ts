/** Values of KPIs as rows, piece by piece, so that no stretch of history is too long. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError, readError } from '@kpi-monitor/model/errors';
import type { Frame, QueryResponse, SeriesRow } from '@kpi-monitor/model/query/frames';
import { LEVELS, type Life, type Status } from '@kpi-monitor/model/status';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { addDays, DAY_MS, isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, GRAIN_MS, isCivil } from '@kpi-monitor/model/time/grain';
import { periodAt, step } from '@kpi-monitor/model/time/period';

export interface ExportRow {
  kpi: string;
  name: string;
  unit: string;
  grain: Grain;
  /** start of the period: a date, or an instant for less than a day */
  period: string;
  /** of the dimension that was split by; empty without one */
  member: string;
  value: number | null;
  /** in force for the period, at the grain that is judged */
  target: number | null;
  life: Life;
  /** at the grain that is judged; empty for what is not judged */
  status: Status | '';
}

export interface ExportRequest {
  /** civil dates, half-open */
  from: number;
  to: number;
  /** default the one that is judged */
  grain?: Grain;
  /** a dimension */
  split?: string;
}

/** Periods of one piece. */
const PIECE = 1500;

/**
 * @param ask the engine, here or in a running instance
 * @throws KpiError what the engine refuses with
 */
export async function* exportRows(
  kpi: Kpi,
  request: ExportRequest,
  ask: (body: object) => Promise<QueryResponse>,
  calendar: Calendar
): AsyncGenerator<ExportRow[]> {
  const grain = request.grain ?? kpi.judge.at;
  const reach = Math.ceil((PIECE * GRAIN_MS[grain]) / DAY_MS);
  for (let from = request.from, end; from < request.to; from = end) {
    end = Math.min(request.to, pieceEnd(from, reach, grain, calendar));
    yield* piece(kpi, { ...request, grain, from, to: end }, request.to, ask, calendar);
  }
}

type Piece = ExportRequest & { grain: Grain };

/** Halved as often as the engine finds it too large. */
async function* piece(
  kpi: Kpi,
  asked: Piece,
  last: number,
  ask: (body: object) => Promise<QueryResponse>,
  calendar: Calendar
): AsyncGenerator<ExportRow[]> {
  let rows: ExportRow[];
  try {
    rows = await rowsOf(kpi, asked, last, ask, calendar);
  } catch (error) {
    const days = (asked.to - asked.from) / DAY_MS;
    const middle = pieceEnd(asked.from, Math.floor(days / 2), asked.grain, calendar);
    const isTooLarge = error instanceof KpiError && error.code === 'QUERY_TOO_LARGE';
    if (!isTooLarge || days < 2 || middle >= asked.to) {
      throw error;
    }
    yield* piece(kpi, { ...asked, to: middle }, last, ask, calendar);
    yield* piece(kpi, { ...asked, from: middle }, last, ask, calendar);
    return;
  }
  yield rows;
}

/** Where a period of the grain begins, so that none is in two pieces. */
function pieceEnd(from: number, days: number, grain: Grain, calendar: Calendar): number {
  if (!isCivil(grain)) {
    return addDays(from, Math.max(1, days));
  }
  const end = periodAt(addDays(from, Math.max(1, days)), grain, calendar).start;
  return end > from ? end : step(periodAt(from, grain, calendar), 1).start;
}

async function rowsOf(
  kpi: Kpi,
  { from, to, grain, split }: Piece,
  last: number,
  ask: (body: object) => Promise<QueryResponse>,
  calendar: Calendar
): Promise<ExportRow[]> {
  // What is asked for to the end of a piece is judged as of that end, when its last periods were not settled yet.
  const margin = isCivil(grain) ? 120 * DAY_MS + 2 * GRAIN_MS[kpi.judge.at] : 14 * DAY_MS;
  const until = Math.min(last, addDays(to, Math.ceil(margin / DAY_MS)));
  const isJudged = grain === kpi.judge.at;
  const common = { v: 1, select: { kpis: [kpi.id] }, grain, ...(split && { split }) };
  const { results } = await ask({
    ...{ from: String(from), to: String(until) },
    queries: [
      { ...common, refId: 'values', type: 'series', format: 'table', ...(isJudged && { compare: 'target' }) },
      ...(isJudged ? [{ ...common, refId: 'levels', type: 'statusHistory', format: 'timeseries' }] : []),
    ],
  });
  for (const { error } of Object.values(results)) {
    if (error) {
      const { code, message } = readError(error);
      throw new KpiError(code, message);
    }
  }
  const levels = levelsOf(results.levels?.frames ?? [], split);
  const end = isCivil(grain) ? to : calendar.toInstant(to);
  return seriesRows(results.values?.frames?.[0])
    .filter(({ time }) => time < end)
    .map(({ time, slice, value, comparison, life }) => {
      const level = levels.get(`${time} ${slice}`);
      return {
        ...{ kpi: kpi.id, name: kpi.name, unit: kpi.unit, grain },
        period: isCivil(grain) ? isoDate(time) : new Date(time).toISOString(),
        ...{ member: slice, value, target: isJudged ? comparison : null, life },
        status: level === undefined ? '' : LEVELS[level]!,
      };
    });
}

function seriesRows(
  frame: Frame | undefined
): Array<Pick<SeriesRow, 'time' | 'slice' | 'value' | 'comparison' | 'life'>> {
  const column = (name: keyof SeriesRow) => {
    const index = frame?.schema.fields.findIndex((field) => field.name === name) ?? -1;
    return (frame?.data.values[index] ?? []) as unknown[];
  };
  const [slices, values, comparisons, lives] = (['slice', 'value', 'comparison', 'life'] as const).map(column);
  return column('time').map((time, i) => ({
    time: time as number,
    slice: slices![i] as string,
    value: values![i] as number | null,
    comparison: comparisons![i] as number | null,
    life: lives![i] as Life,
  }));
}

function levelsOf(frames: readonly Frame[], split: string | undefined): Map<string, number> {
  const levels = new Map<string, number>();
  for (const { schema, data } of frames) {
    const member = (split && schema.fields[1]?.labels?.[split]) ?? '';
    const [times = [], its = []] = data.values as [number[]?, Array<number | null>?];
    times.forEach((time, i) => {
      if (typeof its[i] === 'number') {
        levels.set(`${time} ${member}`, its[i]);
      }
    });
  }
  return levels;
}
