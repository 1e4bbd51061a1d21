/** A way to forecast. Its values have no gaps. */
export interface Past {
  values: Float64Array;
  /** season lengths, shortest first; empty without one */
  seasons: readonly number[];
  /** of each step of past and horizon, where steps are days */
  calendar?: Calendar;
}

export interface Calendar {
  /** 0–6 */
  weekday: ArrayLike<number>;
  /** 0–1 through the year */
  yearPhase: ArrayLike<number>;
  holidays: ReadonlyArray<string | null>;
}

/** @returns null where the past does not suit it */
export type Candidate = (past: Past, horizon: number) => Float64Array | null;

/** The same on logarithms: what grows in proportion. */
export function onLogs(candidate: Candidate): Candidate {
  return (past, horizon) => {
    if (past.values.some((value) => !(value > 0))) {
      return null;
    }
    const logs = candidate({ ...past, values: past.values.map(Math.log) }, horizon);
    // Logarithms may run away: what is beyond ten times anything seen is no forecast.
    const most = 10 * past.values.reduce((max, value) => (value > max ? value : max), 0);
    const found = logs?.map(Math.exp) ?? null;
    return found?.every((value) => value <= most) ? found : null;
  };
}
