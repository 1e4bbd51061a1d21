/** The form of `quality:` in a KPI file, and what it leaves out. */
import { z } from 'zod';

import { KpiError } from '../errors';
import { type Formula, formulaInputs, parseFormula } from '../formula/parse';
import type { JumpRule } from '../quality/jumps';
import { readTolerance, type Tolerance } from '../quality/reconciliation';
import { QUALITY_RULES, QUALITY_WEIGHTS, type QualityRule } from '../quality/rules';
import { type Grain, GRAINS } from '../time/grain';

const jump = z.strictObject({
  limit: z.number().min(1).max(100).default(8).describe('robust standard deviations of its own changes'),
  least: z.number().min(0).default(5).describe('per cent of the value before, below which a change is none'),
  history: z.int().min(20).max(400).default(90).describe('earlier changes that tell what is usual'),
});

const reconciliation = z.strictObject({
  with: z.string().min(1).describe('a KPI or measure, or a formula over several, e.g. sales_north + sales_south'),
  tolerance: z
    .union([z.number().min(0), z.string().regex(/^\d+(\.\d+)?\s*%$/)])
    .default('0.5 %')
    .describe('how far apart they may be: "0.5 %" of the larger, or an amount'),
  at: z.enum(GRAINS).optional().describe('the grain that they are compared at; default: the judged one'),
});

export const qualityFile = z.strictObject({
  range: z
    .strictObject({ min: z.number().optional(), max: z.number().optional() })
    .optional()
    .describe('what is plausible: a value outside is kept and counts against quality; default: `valid`'),
  jump: z
    .union([z.literal(false), jump.partial()])
    .optional()
    .describe('false: every change is plausible'),
  completeness: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('share of the values of a day that is enough; default: judge.min_complete'),
  days: z.enum(['all', 'working']).default('all').describe('`working`: nothing is missed on other days'),
  reconcile: z.union([reconciliation, z.array(reconciliation).min(1)]).optional(),
  weights: z
    .partialRecord(z.enum(QUALITY_RULES), z.number().min(0))
    .optional()
    .describe('what rules weigh in the score; 0 leaves one out'),
});
export type QualityFile = z.output<typeof qualityFile>;

export interface Reconciliation {
  with: string;
  expression: Formula;
  /** ids that it reads */
  inputs: string[];
  tolerance: Tolerance;
  at: Grain;
}

/** With all defaults applied. */
export interface Quality {
  range: { min?: number; max?: number };
  jump: JumpRule | null;
  completeness: number;
  days: 'all' | 'working';
  reconcile: Reconciliation[];
  weights: Readonly<Record<QualityRule, number>>;
}

/** @throws KpiError KPI_FORMULA_* of the `n`-th reconciliation, with its place in `details.path` */
export function readQuality(
  file: Partial<QualityFile> = {},
  kpi: { valid?: Quality['range']; judge: { at: Grain; min_complete: number } }
): Quality {
  return {
    range: file.range ?? kpi.valid ?? {},
    jump: file.jump === false ? null : jump.parse(file.jump ?? {}),
    completeness: file.completeness ?? kpi.judge.min_complete,
    days: file.days ?? 'all',
    reconcile: [file.reconcile ?? []].flat().map((one): Reconciliation => {
      const expression = readWith(one.with);
      const tolerance = readTolerance(one.tolerance);
      return { with: one.with, expression, inputs: formulaInputs(expression), tolerance, at: one.at ?? kpi.judge.at };
    }),
    weights: { ...QUALITY_WEIGHTS, ...file.weights },
  };
}

function readWith(text: string): Formula {
  try {
    return parseFormula(text);
  } catch (error) {
    throw error instanceof KpiError
      ? new KpiError(error.code, error.message, { path: ['quality', 'reconcile'] })
      : error;
  }
}
