/** What a log entry `revision` holds: values that were settled, and were changed by a later read. */

export interface Restated {
  kpi: string;
  /** series version */
  v: number;
  /** in the order of periods; the first ones where there were many */
  changes: Change[];
  /** of how many there were */
  count: number;
}

export interface Change {
  time: number;
  dims: Readonly<Record<string, string>>;
  /** null: there was none */
  old: number | null;
  /** null: withdrawn */
  new: number | null;
  oldWeight?: number | null;
}
