/** Asks again and again for what standalone says about alerts. */
import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

export interface Polled<T> {
  /** the newest answer; null before the first */
  value: T | null;
  /** why the newest attempt failed; empty when it did not */
  error: string;
}

/** @param every milliseconds between answers; a page that nobody looks at does not ask */
export function usePolled<T>(url: string, every: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ value: null, error: '' });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = async () => {
      if (!document.hidden) {
        await getBackendSrv()
          .get<T>(url)
          .then(
            (value) => !ended && setPolled({ value, error: '' }),
            (failure: Error) => !ended && setPolled(({ value }) => ({ value, error: failure.message || 'no answer' }))
          );
      }
      if (!ended) {
        timer = setTimeout(ask, every);
      }
    };
    const seen = () => {
      if (!document.hidden) {
        clearTimeout(timer);
        void ask();
      }
    };
    void ask();
    document.addEventListener('visibilitychange', seen);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [url, every]);
  return polled;
}
