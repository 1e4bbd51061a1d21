/** A store that answers from another one and keeps what it is given to itself: for looking at what would be written. */
import { KpiError } from '@kpi-monitor/model/errors';
import type { LogEntry, Point, Store, StoredSeries } from '@kpi-monitor/store/store';

/** All that a trial needs to know of the real store. */
export type StoredReads = Pick<Store, 'read'>;

export interface DryStore extends Store {
  /** what would have been written, in its order */
  readonly written: Point[];
  /** what would have been appended to logs */
  readonly appended: Array<Omit<LogEntry, 'revision'>>;
}

export const NOTHING_STORED: StoredReads = { read: () => Promise.resolve<StoredSeries[]>([]) };

export function createDryStore(reads: StoredReads): DryStore {
  const written: Point[] = [];
  const appended: DryStore['appended'] = [];
  const unasked = (what: string): Promise<never> =>
    Promise.reject(new KpiError('INTERNAL', `a trial does not ask the store for ${what}`));
  return {
    name: 'trial',
    written,
    appended,
    open: () => unasked('its metadata'),
    read: (request) => reads.read(request),
    async write(points) {
      written.push(...points);
      return { written: points.length, rejected: [] };
    },
    latest: () => unasked('its newest periods'),
    members: () => unasked('members'),
    async append(_log, entry) {
      appended.push(entry);
      return { ...entry, revision: 1 };
    },
    entries: () => unasked('logs'),
    record: () => Promise.resolve(),
    recorded: () => Promise.resolve([]),
    forget: () => Promise.resolve(),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
