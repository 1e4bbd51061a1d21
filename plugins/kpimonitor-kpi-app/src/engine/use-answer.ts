import { useCallback, useEffect, useState } from 'react';

import type { Refusal } from './refusal';

/** What was asked for: what came, or why nothing did. */
export interface Answer<T> {
  /** the last that came: it stays while it is asked again */
  value?: T;
  refusal?: Refusal;
  isAsking: boolean;
  again(): void;
  /** puts in place what is known to be newer */
  put(value: T): void;
}

/** Asks once for each `question`, which the caller keeps the same with `useCallback`. */
export function useAnswer<T>(question: () => Promise<T>): Answer<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, settle] = useState<{ of: () => Promise<T>; attempt: number; value?: T; refusal?: Refusal }>();

  useEffect(() => {
    let current = true;
    question().then(
      (value) => current && settle({ of: question, attempt, value }),
      (refusal: Refusal) =>
        current &&
        !refusal.isCancelled &&
        settle((before) => ({
          of: question,
          attempt,
          value: before?.of === question ? before.value : undefined,
          refusal,
        }))
    );
    return () => {
      current = false;
    };
  }, [question, attempt]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const put = useCallback((value: T) => settle({ of: question, attempt, value }), [question, attempt]);
  const isOfThis = settled?.of === question;
  return {
    value: isOfThis ? settled.value : undefined,
    refusal: isOfThis && settled.attempt === attempt ? settled.refusal : undefined,
    isAsking: !isOfThis || settled.attempt !== attempt,
    again,
    put,
  };
}
