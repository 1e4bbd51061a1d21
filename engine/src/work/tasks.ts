/** What is computed beside the thread that answers: pure functions of one argument that can be copied. */
import { type CorrelationOptions, correlate } from '@kpi-monitor/analysis/correlation/correlate';
import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

export const TASKS = {
  fit: fitForecast,
  correlate: ({ lines, ...options }: CorrelationOptions & { lines: Float64Array[] }) => correlate(lines, options),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type TaskOutput<N extends TaskName> = ReturnType<(typeof TASKS)[N]>;
