/** How collecting goes, as `GET /api/collection` says it. */
import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

export interface Collection {
  /** sources that are read on a schedule */
  total: number;
  /** sources that were read since the start, with or without success; all of them once the history is there */
  read: number;
  /** why the newest state of the KPI files is not taken up; empty when it is */
  catalogueProblems: string[];
  /** sources whose newest read failed */
  failing: Array<{ kpi: string; source: string; code: string; message: string }>;
}

/** While history is still being read, what is on the page grows by the second. */
const SOON_MS = 1000;
const LATER_MS = 30_000;

export const isFirst = ({ read, total }: Collection): boolean => read < total;

/**
 * Asks again and again, faster while history is being read.
 * @param onGrown told when more was read, until the history is complete
 */
export function useCollection(onGrown: () => void): Collection | null {
  const [collection, setCollection] = useState<Collection | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let before: Collection | null = null;
    const ask = async () => {
      // An engine that is away is told by the panels.
      const answer = await getBackendSrv()
        .get<Collection>('/api/collection')
        .catch(() => null);
      if (ended) {
        return;
      }
      if (answer) {
        setCollection(answer);
        if (before && answer.read !== before.read) {
          onGrown();
        }
        before = answer;
      }
      timer = setTimeout(ask, answer && isFirst(answer) ? SOON_MS : LATER_MS);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [onGrown]);
  return collection;
}
