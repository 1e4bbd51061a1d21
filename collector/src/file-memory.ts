/** Which files of a KPI were read, remembered where their values are: a store that was emptied is filled again. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Store } from '@kpi-monitor/store/store';

import type { FilePart } from './sources/source';

/** Parts of one log entry: a store bounds the length of a text. */
const PARTS_AT_ONCE = 100;
/** A file that changes all the time is written down once in this time; what is lost by that is one more read. */
const NOT_OFTENER = 3_600_000;

export class FileMemory {
  private parts: Map<string, FilePart> | null = null;
  private readonly writtenAt = new Map<string, number>();

  constructor(
    private readonly kpi: Kpi,
    private readonly store: Store,
    private readonly clock: () => number
  ) {}

  /** @throws KpiError STORE_UNREACHABLE */
  async known(): Promise<FilePart[]> {
    if (!this.parts) {
      const parts = new Map<string, FilePart>();
      for (const { data } of await this.store.entries('quality', this.kpi.id)) {
        if (data.event === 'files read' && data.v === this.kpi.version) {
          (data.parts as FilePart[]).forEach((part) => parts.set(part.name, part));
        }
      }
      this.parts = parts;
    }
    return [...this.parts.values()];
  }

  /** @throws KpiError STORE_UNREACHABLE; then they are read again after a restart */
  async remember(parts: readonly FilePart[]): Promise<void> {
    const now = this.clock();
    parts.forEach((part) => this.parts?.set(part.name, part));
    const due = parts.filter(({ name }) => now - (this.writtenAt.get(name) ?? -Infinity) >= NOT_OFTENER);
    for (let at = 0; at < due.length; at += PARTS_AT_ONCE) {
      const some = due.slice(at, at + PARTS_AT_ONCE);
      const data = { event: 'files read', v: this.kpi.version, parts: some };
      await this.store.append('quality', { time: now, kpi: this.kpi.id, data });
      some.forEach(({ name }) => this.writtenAt.set(name, now));
    }
  }
}
