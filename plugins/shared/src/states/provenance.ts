/** What frames say about themselves beside their values. */
import type { DataFrame } from '@grafana/data';
import type { AnswerMeta } from '@kpi-monitor/model/query/frames';

export interface Provenance {
  /** the values are invented */
  isDemo: boolean;
  /** the catalogue is an archive: its newest period plays "now" */
  isArchive: boolean;
  /** instant that plays "now", epoch milliseconds */
  asOf: number | null;
  zone: string;
}

export function provenanceOf(frames: readonly DataFrame[]): Provenance {
  const meta = frames.map((frame) => (frame.meta?.custom ?? {}) as Partial<AnswerMeta>);
  return {
    isDemo: meta.some((custom) => custom.demo === true),
    isArchive: meta.some((custom) => custom.archive === true),
    asOf: meta.find((custom) => typeof custom.asOf === 'number')?.asOf ?? null,
    zone: meta.find((custom) => custom.zone)?.zone ?? 'utc',
  };
}

/** Warnings and errors that came with frames, each once. */
export function noticesOf(frames: readonly DataFrame[]): string[] {
  const notices = frames.flatMap((frame) => frame.meta?.notices ?? []).filter(({ severity }) => severity !== 'info');
  return [...new Set(notices.map(({ text }) => text))];
}
