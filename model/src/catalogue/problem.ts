/** A mistake in a catalogue, at the place where somebody can mend it. */
import type { ErrorCode } from '../errors';

export interface Problem {
  code: ErrorCode;
  file: string;
  /** 1-based */
  line: number;
  /** 1-based */
  column: number;
  message: string;
}

/** `KPI_THRESHOLD_ORDER kpis/revenue.yaml:12 critical 950000 lies above warning 900000 though up is good` */
export function problemText(problem: Problem): string {
  return `${problem.code} ${problem.file}:${problem.line} ${problem.message}`;
}
