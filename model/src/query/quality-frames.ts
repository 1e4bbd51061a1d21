/** Questions about how good values are, and the rows that answer them. */
import type { QualityRule } from '../quality/rules';
import type { Grain } from '../time/grain';

/** What a `quality` table shows; `kpis` when nothing is said. Over time, `scores` (the usual one) or `grades`. */
export const QUALITY_PARTS = ['kpis', 'findings', 'refused', 'restated', 'scores', 'grades'] as const;
export type QualityPart = (typeof QUALITY_PARTS)[number];

export const QUALITY_PART_TEXT: Record<QualityPart, string> = {
  kpis: 'How good each KPI is',
  findings: 'What is wrong, and when',
  refused: 'Which records were refused, and why',
  restated: 'What was changed after it had settled',
  scores: 'Scores',
  grades: 'Grades',
};

/** The number that `quality` answers as `numeric`. */
export const QUALITY_MEASURES = ['worst', 'score', 'missing', 'refused', 'broken'] as const;
export type QualityMeasure = (typeof QUALITY_MEASURES)[number];

export const QUALITY_MEASURE_TEXT: Record<QualityMeasure, string> = {
  worst: 'Lowest score of the last seven days, but for values that came late',
  score: 'Score of the newest day',
  missing: 'Per cent of the values of the last seven days that are missing',
  refused: 'Records of the last seven days that were refused',
  broken: 'Rules that were broken in the last seven days',
};

/** How far a score is to be relied on: from each score up. Words and colours are those of a status. */
export const GRADES = [
  { from: 95, text: 'Sound' },
  { from: 80, text: 'Mostly sound' },
  { from: 50, text: 'Doubtful' },
  { from: 0, text: 'Poor' },
] as const;

/** 0 sound to 3 poor. */
export function gradeOf(score: number): 0 | 1 | 2 | 3 {
  return GRADES.findIndex(({ from }) => score >= from) as 0 | 1 | 2 | 3;
}

/** A KPI in a `quality` table, the worst first. */
export interface QualityRow {
  kpi: string;
  name: string;
  category: string;
  categoryName: string;
  owner: string;
  /** who sees to its values */
  steward: string;
  /** a day, or longer where values come less often */
  grain: Grain;
  /** of the newest period that values were due for; null when there is none */
  score: number | null;
  grade: number | null;
  /** start of that period */
  period: number | null;
  periodText: string;
  /** mean and lowest of the range */
  mean: number | null;
  lowest: number | null;
  lowestText: string;
  /** periods of the range that were scored, and those below sound */
  periods: number;
  unsound: number;
  /** the rules that were broken in the range, the most frequent first */
  brokenText: string;
  /** the newest finding in plain words, with its day */
  why: string;
  /** records of the range that were refused */
  refused: number;
}

/** A rule that was broken in a period: a row of `findings`, the newest first. */
export interface FindingRow {
  /** start of the period */
  time: number;
  periodText: string;
  kpi: string;
  name: string;
  category: string;
  rule: QualityRule;
  ruleText: string;
  /** in plain words */
  text: string;
  score: number | null;
  grade: number | null;
  owner: string;
  steward: string;
}

/** Records that were refused for one reason: a row of `refused`, the most first. */
export interface RefusedRow {
  /** the collected KPI or measure */
  kpi: string;
  name: string;
  source: string;
  code: string;
  reason: string;
  /** of the range */
  records: number;
  /** first and last day that they were about */
  first: number;
  last: number;
  daysText: string;
  /** where each is listed with its reason; `''` when it is not known here */
  file: string;
  steward: string;
}

/** A judged period that was changed after it had settled: a row of `restated`, the newest change first. */
export interface RestatedRow {
  /** instant at which the last change was seen */
  time: number;
  seenText: string;
  kpi: string;
  name: string;
  category: string;
  /** start of the period */
  period: number;
  periodText: string;
  /** before the first change; null: there was none */
  reported: number | null;
  reportedText: string;
  /** null: there is none any more */
  value: number | null;
  valueText: string;
  /** `-2.1 %`; `none` where the changes cancel each other */
  changeText: string;
  /** `31 values changed, 1 withdrawn` */
  what: string;
  owner: string;
  steward: string;
}
