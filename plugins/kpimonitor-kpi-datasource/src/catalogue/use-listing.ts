import { useCallback, useEffect, useState } from 'react';

import { readResourceError, type ResourceError } from '../resource-error';

/** Something listed by the engine: what came, or why nothing did. */
export interface Listing<T> {
  value?: T;
  error?: ResourceError;
  loading: boolean;
  retry(): void;
}

type Load<T> = () => Promise<T>;

/** Lists once per `load`, which the caller keeps the same with `useCallback`; null lists nothing. */
export function useListing<T>(load: Load<T> | null): Listing<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, settle] = useState<{ of: Load<T>; attempt: number; value?: T; error?: ResourceError }>();

  useEffect(() => {
    let current = true;
    load?.().then(
      (value) => current && settle({ of: load, attempt, value }),
      (thrown) => current && settle({ of: load, attempt, error: readResourceError(thrown) })
    );
    return () => {
      current = false;
    };
  }, [load, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  if (!settled || settled.of !== load || settled.attempt !== attempt) {
    return { loading: load !== null, retry };
  }
  return { value: settled.value, error: settled.error, loading: false, retry };
}
