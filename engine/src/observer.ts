/** What the engine tells about its work, for metrics and logs. */
import type { KpiError } from '@kpi-monitor/model/errors';
import type { Store } from '@kpi-monitor/store/store';

export interface Observer {
  /** `type` as it was asked for, or `unreadable` */
  query?(event: { type: string; refId: string; ms: number; error?: KpiError }): void;
  store?(event: { operation: StoreOperation; ms: number; ok: boolean }): void;
}

export type StoreOperation = 'read' | 'latest' | 'members' | 'entries' | 'recorded' | 'ping';

/** A store whose reads are timed. */
export function observed(store: Store, observer: Observer): Pick<Store, 'name' | StoreOperation> {
  const timed = async <T>(operation: StoreOperation, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    let ok = false;
    try {
      const result = await work();
      ok = true;
      return result;
    } finally {
      observer.store?.({ operation, ms: performance.now() - start, ok });
    }
  };
  return {
    name: store.name,
    read: (request) => timed('read', () => store.read(request)),
    latest: (series, before) => timed('latest', () => store.latest(series, before)),
    members: (series, dimension) => timed('members', () => store.members(series, dimension)),
    entries: (log, kpi) => timed('entries', () => store.entries(log, kpi)),
    recorded: (book, request) => timed('recorded', () => store.recorded(book, request)),
    ping: () => timed('ping', () => store.ping()),
  };
}

export type ReadableStore = ReturnType<typeof observed>;
