/** What the number means with which `kpi` ends. */
import type { ErrorCode, KpiError } from '@kpi-monitor/model/errors';

export const EXIT = {
  good: 0,
  /** something is wrong with the catalogue, or with what was read */
  mistakes: 1,
  /** the command, its arguments or the configuration cannot be used */
  usage: 2,
  /** something that is needed could not be reached or used: a store, a source, an instance, Grafana, a disk */
  unreachable: 3,
} as const;

export const EXIT_TEXT =
  'Exit codes: 0 all is well, 1 mistakes were found, 2 it was asked or configured wrongly, 3 something could not be reached';

const USAGE = new Set<ErrorCode>([
  ...(['CONFIG_FILE', 'CONFIG_SECRET', 'REQUEST_INVALID', 'NOT_FOUND', 'ALERTS_TWICE'] as const),
  ...(['KPI_UNKNOWN', 'KPI_CATEGORY_UNKNOWN', 'KPI_DIMENSION_UNKNOWN'] as const),
]);

/** The exit code of a refusal. */
export function exitCodeOf({ code, details }: KpiError): number {
  // Mistakes of the catalogue travel together, whatever the first of them is.
  if (!details?.problems && (USAGE.has(code) || code.startsWith('QUERY_'))) {
    return EXIT.usage;
  }
  return /^(KPI|CATALOGUE|RECORD|ALERT_RULE)_/.test(code) ? EXIT.mistakes : EXIT.unreachable;
}
