/** The server-side expressions that rules are made of, in the form that Grafana's rule editor saves. */
import { z } from 'zod';

export const REDUCERS = ['last', 'mean', 'median', 'min', 'max', 'sum', 'count'] as const;

export const COMPARISONS = [
  'gt',
  'lt',
  'eq',
  'ne',
  'gte',
  'lte',
  'within_range',
  'outside_range',
  'within_range_included',
  'outside_range_included',
] as const;

export type Reducer = (typeof REDUCERS)[number];
export type ComparisonType = (typeof COMPARISONS)[number];

const comparison = z
  .looseObject({
    type: z.enum(COMPARISONS),
    params: z.array(z.number()).describe('one number, or two for a range'),
  })
  .refine(({ type, params }) => params.length >= (type.includes('range') ? 2 : 1), {
    message: 'takes one number in `params`, a range two',
    path: ['params'],
  });

const input = z
  .string()
  .min(1)
  .transform((text) => text.replace(/^\$\{?(\w+)\}?$/, '$1'))
  .describe('the refId that it reads');

const reduceExpression = z.looseObject({
  type: z.literal('reduce'),
  expression: input,
  reducer: z.string().toLowerCase().pipe(z.enum(REDUCERS)),
  settings: z
    .looseObject({
      mode: z
        .enum(['', 'strict', 'dropNN', 'replaceNN'])
        .optional()
        .describe('what happens to values that are no number; empty is strict'),
      replaceWithValue: z.number().optional(),
    })
    .refine(({ mode, replaceWithValue }) => mode !== 'replaceNN' || replaceWithValue !== undefined, {
      message: 'mode replaceNN needs a number',
      path: ['replaceWithValue'],
    })
    .optional(),
});

const thresholdExpression = z.looseObject({
  type: z.literal('threshold'),
  expression: input,
  conditions: z
    .array(
      z.looseObject({
        evaluator: comparison,
        unloadEvaluator: comparison.optional().describe('the recovery threshold of what fires already'),
      })
    )
    .length(1, 'a threshold takes exactly one condition'),
});

export const expressionSchema = z.discriminatedUnion('type', [reduceExpression, thresholdExpression], {
  error: 'only expressions of type reduce and threshold are evaluated here; Grafana has more',
});

export type Expression = z.output<typeof expressionSchema>;
export type ReduceExpression = z.output<typeof reduceExpression>;
export type ThresholdExpression = z.output<typeof thresholdExpression>;
export type Comparison = z.output<typeof comparison>;
