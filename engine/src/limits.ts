/** How much the engine answers at once; more is refused before it is computed. */
export interface Limits {
  /** queries a request */
  queries: number;
  /** periods x KPIs x slices of one answer */
  points: number;
  /** records of an audit trail, the newest */
  auditRows: number;
  /** bytes of a request's body */
  body: number;
}

export const LIMITS: Limits = { queries: 50, points: 250_000, auditRows: 5000, body: 1_048_576 };
