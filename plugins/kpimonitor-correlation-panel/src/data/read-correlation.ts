import type { DataFrame, Field } from '@grafana/data';
import type { CorrelatedKpiRow, CorrelationFacts, PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { AnswerMeta } from '@kpi-monitor/model/query/frames';
import { noticesOf, type Provenance, provenanceOf } from '@kpi-monitor/plugin-shared/states/provenance';

/** A KPI's values, a value a period, oldest first. */
export interface Course {
  field: Field;
  /** starts of the periods, epoch milliseconds */
  times: readonly number[];
  values: ReadonlyArray<number | null>;
}

export type Courses = ReadonlyMap<string, Course>;

/** What a correlation answer says. */
export interface Correlation {
  /** in the matrix's order */
  kpis: CorrelatedKpiRow[];
  pairs: PairRow[];
  /** null when the answer does not say what was done */
  facts: CorrelationFacts | null;
  /** the values as they are, by KPI */
  values: Courses;
  /** the values that were compared, by KPI */
  compared: Courses;
  provenance: Provenance;
  notices: string[];
  /** what is said beside, such as KPIs that were left out */
  remarks: string[];
}

const NO_PAIR: PairRow = {
  a: '',
  aName: '',
  b: '',
  bName: '',
  n: 0,
  pearson: null,
  spearman: null,
  lag: 0,
  r: null,
  p: null,
  q: null,
  significant: false,
  sharesInputs: false,
  leader: '',
  lagText: '',
  sentence: '',
};
const NO_KPI: CorrelatedKpiRow = { kpi: '', name: '', category: '', categoryName: '', unit: 'none', n: 0 };

/** The first correlation answer among a panel's frames; what else is there is not for this panel. */
export function readCorrelation(frames: readonly DataFrame[]): Correlation {
  const answer = frames.find((frame) => frame.name === 'pairs' || isPairs(frame)) ?? named(frames, 'kpis');
  const own = frames.filter((frame) => frame.refId === answer?.refId);
  const pairFrame = own.find((frame) => frame.name === 'pairs' || isPairs(frame));
  const pairs = rowsOf(pairFrame, NO_PAIR).filter(({ a, b }) => a && b && a !== b);
  const given = rowsOf(named(own, 'kpis'), NO_KPI).filter(({ kpi }) => kpi);
  return {
    kpis: completed(given, pairs),
    pairs,
    facts: (pairFrame?.meta?.custom as Partial<AnswerMeta> | undefined)?.correlation ?? null,
    values: coursesOf(named(own, 'values')),
    compared: coursesOf(named(own, 'compared')),
    provenance: provenanceOf(own),
    notices: noticesOf(frames),
    remarks: remarksOf(own),
  };
}

function remarksOf(frames: readonly DataFrame[]): string[] {
  const remarks = frames.flatMap((frame) => frame.meta?.notices ?? []).filter(({ severity }) => severity === 'info');
  return [...new Set(remarks.map(({ text }) => text))];
}

const named = (frames: readonly DataFrame[], name: string) => frames.find((frame) => frame.name === name);

/** A transformation may have taken the frame's name. */
function isPairs(frame: DataFrame): boolean {
  const names = new Set(frame.fields.map((field) => field.name));
  return names.has('a') && names.has('b') && names.has('r') && names.has('q');
}

/** A frame's rows; columns that are missing or empty are as in `blank`. */
function rowsOf<T extends object>(frame: DataFrame | undefined, blank: T): T[] {
  if (!frame) {
    return [];
  }
  // Column by column: five thousand pairs are read before anything is seen.
  const rows = Array.from({ length: frame.length }, () => ({ ...blank }));
  for (const { name, values } of frame.fields) {
    if (name in blank) {
      const column = name as keyof T;
      rows.forEach((row, index) => (row[column] = values[index] ?? blank[column]));
    }
  }
  return rows;
}

/** KPIs with names, and those that are only named by a pair at the end. */
function completed(given: readonly CorrelatedKpiRow[], pairs: readonly PairRow[]): CorrelatedKpiRow[] {
  const kpis = new Map(given.map((kpi) => [kpi.kpi, { ...kpi, name: kpi.name || kpi.kpi }]));
  for (const { a, aName, b, bName } of pairs) {
    for (const [kpi, name] of [
      [a, aName],
      [b, bName],
    ] as const) {
      if (!kpis.has(kpi)) {
        kpis.set(kpi, { ...NO_KPI, kpi, name: name || kpi });
      }
    }
  }
  return [...kpis.values()];
}

function coursesOf(frame: DataFrame | undefined): Courses {
  const time = frame?.fields.find((field) => field.type === 'time');
  const numbers = frame?.fields.filter((field) => field.type === 'number') ?? [];
  const times: number[] = time?.values ?? [];
  return new Map(numbers.map((field) => [field.name, { field, times, values: field.values }]));
}
