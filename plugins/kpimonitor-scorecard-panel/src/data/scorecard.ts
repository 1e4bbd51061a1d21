import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { AnswerMeta } from '@kpi-monitor/model/query/frames';

import { plainRows } from './plain-frame';
import type { ScoreRow } from './row';
import { isStatusFrame, statusRows } from './status-frame';

/** What a panel's frames say, in the order in which they came. */
export interface Scorecard {
  rows: ScoreRow[];
  /** the values are invented */
  isDemo: boolean;
  /** the catalogue is an archive: its newest period plays "now" */
  isArchive: boolean;
  /** instant that plays "now", epoch milliseconds */
  asOf: number | null;
  zone: string;
  /** warnings and errors that came with the frames, each once */
  notices: string[];
}

export function readScorecard(frames: DataFrame[], theme: GrafanaTheme2): Scorecard {
  const rows = frames.flatMap((frame) => (isStatusFrame(frame) ? statusRows(frame) : plainRows(frame, frames, theme)));
  const meta = frames.map((frame) => (frame.meta?.custom ?? {}) as Partial<AnswerMeta>);
  const notices = frames
    .flatMap((frame) => frame.meta?.notices ?? [])
    .filter((notice) => notice.severity !== 'info')
    .map((notice) => notice.text);
  return {
    rows: withUniqueKeys(rows),
    isDemo: meta.some((custom) => custom.demo === true),
    isArchive: meta.some((custom) => custom.archive === true),
    asOf: meta.find((custom) => typeof custom.asOf === 'number')?.asOf ?? null,
    zone: meta.find((custom) => custom.zone)?.zone ?? 'utc',
    notices: [...new Set(notices)],
  };
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
