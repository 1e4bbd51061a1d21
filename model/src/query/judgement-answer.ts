/**
 * What the engine answers about thresholds and targets that are edited where they are seen, and about who changed what.
 * `GET /api/judgements`, `GET`, `PUT` and `DELETE /api/kpis/:id/judgement`, `POST /api/kpis/:id/judgement/preview`,
 * `GET /api/audit`.
 */
import type { ErrorCode } from '../errors';
import type { Level } from '../status';
import type { Grain } from '../time/grain';

import type { Boundaries } from './frames';

export const THRESHOLD_FORMS = ['percent_of_target', 'absolute', 'difference'] as const;
export type ThresholdForm = (typeof THRESHOLD_FORMS)[number];

export const THRESHOLD_FORM_TEXT: Record<ThresholdForm, string> = {
  percent_of_target: 'Per cent of target',
  absolute: 'Values',
  difference: 'Distance from target',
};

/** One number, or a pair [low, high] where the KPI is good within a range. */
export type Bound = number | [number, number];

/** A level that is absent has no threshold. */
export interface Thresholds {
  as: ThresholdForm;
  warning?: Bound;
  critical?: Bound;
  emergency?: Bound;
}

/** What a period is judged by. */
export interface JudgementValues {
  /** null: it is not judged */
  thresholds: Thresholds | null;
  /** of one judged period; null without one, and where it differs from period to period (`phased`) */
  target: number | null;
  /** with its unit: "$1,000,000", "$12,000,000 a year, phased"; empty without a target */
  targetText: string;
  phased: boolean;
}

export const ROLES = ['Viewer', 'Editor', 'Admin'] as const;
export type Role = (typeof ROLES)[number];

export type EditAction = 'set' | 'reset';

/** One change as it was recorded. */
export interface JudgementEdit {
  /** counts up from 1 for each KPI */
  revision: number;
  /** when it was recorded, epoch milliseconds */
  time: number;
  user: string;
  /** the program through which it was made, by the name of its token */
  client: string;
  action: EditAction;
  /** holds from this day on, YYYY-MM-DD; a period is judged by what holds on its first day */
  from: string;
  /** what would have held from that day on */
  old: JudgementValues;
  new: JudgementValues;
  reason: string;
}

/** A day from which a change can sensibly hold: the start of a judged period. */
export interface JudgementStart {
  /** `judged`: the period whose status is shown now; `open`: the running one; `next`: the one after it */
  is: 'judged' | 'open' | 'next';
  /** YYYY-MM-DD */
  from: string;
  /** "October 2026" */
  periodText: string;
}

/** `GET /api/kpis/:id/judgement?limit=&before=`, with the header `ETag: "<revision>"`. */
export interface JudgementAnswer {
  kpi: string;
  name: string;
  category: string;
  unit: string;
  decimals: number;
  direction: 'up' | 'down' | 'range';
  /** at which it is judged */
  grain: Grain;
  owner: string;
  /** of the newest edit; 0 without any. Goes back as `If-Match` with the next change. */
  revision: number;
  you: { user: string; role: Role; mayEdit: boolean; mayReset: boolean };
  /** for the running judged period */
  inForce: JudgementValues;
  /** what the KPI's file says for it */
  catalogue: JudgementValues;
  /** whether an edit is in force, in whole or in part */
  isOverridden: boolean;
  /** a later change that is recorded already: what it sets holds from its day on; earliest first */
  planned: JudgementEdit[];
  /** choices for `from`, earliest first */
  starts: JudgementStart[];
  /** newest first: `limit` of them (default 20, at most 100), of revisions below `before` */
  edits: JudgementEdit[];
  /** edits there are in all */
  total: number;
}

/** One KPI in a list of all. */
export interface JudgementSummary {
  kpi: string;
  /** for the running judged period */
  inForce: JudgementValues;
  /** whether an edit is in force, in whole or in part */
  isOverridden: boolean;
  /** the newest edit; null without any */
  edited: { time: number; user: string } | null;
}

/** `GET /api/judgements`: every KPI of role `kpi`, in the catalogue's order. */
export interface JudgementList {
  kpis: JudgementSummary[];
}

/** What is to hold: what is absent stays as it is, null takes it away. */
export interface JudgementChange {
  thresholds?: Thresholds | null;
  /** of each judged period */
  target?: number | null;
}

/** `PUT /api/kpis/:id/judgement` with `If-Match: "<revision>"` -> JudgementAnswer. Needs the role Editor. */
export interface JudgementPut extends JudgementChange {
  /** YYYY-MM-DD */
  from: string;
  /** 3–500 characters */
  reason: string;
}

/** `DELETE /api/kpis/:id/judgement` with `If-Match`: back to the catalogue -> JudgementAnswer. Needs the role Admin. */
export interface JudgementReset {
  reason: string;
  /** YYYY-MM-DD; default: the first day of the period whose status is shown now */
  from?: string;
}

/** In `details` of `KPI_EDIT_CONFLICT` (409): somebody else was first; the edit that was not seen. */
export interface EditConflict {
  revision: number;
  edit: JudgementEdit;
}

export const EDIT_FIELDS = ['thresholds', 'warning', 'critical', 'emergency', 'target', 'from', 'reason'] as const;
export type EditField = (typeof EDIT_FIELDS)[number];

/** What is wrong with a change; in `details.problems` of a refused `PUT` too. */
export interface EditProblem {
  code: ErrorCode;
  message: string;
  field: EditField;
}

/** How many judged periods stand at each level. */
export interface LevelCounts {
  normal: number;
  warning: number;
  critical: number;
  emergency: number;
  /** without a value, a target or thresholds */
  notJudged: number;
}

export interface PreviewRow {
  /** start of the period (civil date at 00:00Z, or an instant) */
  period: number;
  periodText: string;
  value: number | null;
  valueText: string;
  /** as it was judged */
  level: Level | null;
  levelThen: Level | null;
  /** what it was judged by, in the KPI's unit, and what it would have been judged by: a chart draws both */
  boundaries: Boundaries | null;
  boundariesThen: Boundaries | null;
}

/** `POST /api/kpis/:id/judgement/preview` with a `JudgementChange`: had these values held for the last year. */
export interface PreviewAnswer {
  /** judged periods that were looked at; a year of them, at least twelve */
  periods: number;
  /** start of the first and end of the last */
  from: number;
  to: number;
  now: LevelCounts;
  then: LevelCounts;
  /** oldest first */
  rows: PreviewRow[];
  /** "with these values there would have been 9 warnings, 2 critical" */
  text: string;
  /** with any of them `then` counts nothing, and a `PUT` would be refused */
  problems: EditProblem[];
}

export interface AuditEntry {
  /** epoch milliseconds */
  time: number;
  user: string;
  client: string;
  role: Role;
  /** `judgement.set`, `judgement.reset`, … */
  action: string;
  /** `''` for what is about no KPI */
  kpi: string;
  /** "from 2026-11-01: critical 80 → 85 % of target" */
  what: string;
  reason: string;
  /** SHA-256, hexadecimal, over the hash of the record before it and this record */
  hash: string;
}

/** `GET /api/audit?kpi=&user=&limit=&before=` (`before` is a hash). */
export interface AuditAnswer {
  /** newest first */
  entries: AuditEntry[];
  /** that match */
  total: number;
  /** false once a record was changed, removed or put elsewhere */
  intact: boolean;
}
