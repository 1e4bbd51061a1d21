import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { noticesOf, type Provenance, provenanceOf } from '@kpi-monitor/plugin-shared/states/provenance';

import { plainRows } from './plain-frame';
import type { ScoreRow } from './row';
import { isStatusFrame, statusRows } from './status-frame';

/** What a panel's frames say, in the order in which they came. */
export interface Scorecard {
  rows: ScoreRow[];
  provenance: Provenance;
  /** warnings and errors that came with the frames, each once */
  notices: string[];
}

export function readScorecard(frames: DataFrame[], theme: GrafanaTheme2): Scorecard {
  const rows = frames.flatMap((frame) => (isStatusFrame(frame) ? statusRows(frame) : plainRows(frame, frames, theme)));
  return { rows: withUniqueKeys(rows), provenance: provenanceOf(frames), notices: noticesOf(frames) };
}

/** Two queries may answer for the same KPI. */
function withUniqueKeys(rows: ScoreRow[]): ScoreRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const times = seen.get(row.key) ?? 0;
    seen.set(row.key, times + 1);
    return times ? { ...row, key: `${row.key}#${times}` } : row;
  });
}
