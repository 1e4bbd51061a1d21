/** What is computed beside the thread that answers: pure functions of one argument that can be copied. */
import type { ExpectedOptions } from '@kpi-monitor/analysis/anomalies/expected';
import { findAnomalies } from '@kpi-monitor/analysis/anomalies/find-anomalies';
import { findChangepoints } from '@kpi-monitor/analysis/changepoints/find-changepoints';
import { type CorrelationOptions, correlate } from '@kpi-monitor/analysis/correlation/correlate';
import { decompose } from '@kpi-monitor/analysis/decomposition/decompose';
import { seasonLengths } from '@kpi-monitor/analysis/decomposition/season-lengths';
import { type DistributionOptions, distributionOf } from '@kpi-monitor/analysis/distribution/distribution-of';
import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

export const TASKS = {
  fit: fitForecast,
  decompose: ({ values, candidates }: { values: Float64Array; candidates: readonly number[] }) =>
    decompose(values, seasonLengths(values, candidates), { robust: true }),
  standOut: ({ values, ...options }: ExpectedOptions & { values: Float64Array }) => ({
    usual: findAnomalies(values, options),
    levels: findChangepoints(values, options),
  }),
  distribution: ({ values, ...options }: DistributionOptions & { values: Float64Array }) =>
    distributionOf(values, options),
  correlate: ({ lines, ...options }: CorrelationOptions & { lines: Float64Array[] }) => correlate(lines, options),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type TaskOutput<N extends TaskName> = ReturnType<(typeof TASKS)[N]>;
