/** What is computed beside the thread that answers: pure functions of one argument that can be copied. */
import { type CorrelationOptions, correlate } from '@kpi-monitor/analysis/correlation/correlate';
import { decompose } from '@kpi-monitor/analysis/decomposition/decompose';
import { seasonLengths } from '@kpi-monitor/analysis/decomposition/season-lengths';
import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

export const TASKS = {
  fit: fitForecast,
  decompose: ({ values, candidates }: { values: Float64Array; candidates: readonly number[] }) =>
    decompose(values, seasonLengths(values, candidates), { robust: true }),
  correlate: ({ lines, ...options }: CorrelationOptions & { lines: Float64Array[] }) => correlate(lines, options),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type TaskOutput<N extends TaskName> = ReturnType<(typeof TASKS)[N]>;
