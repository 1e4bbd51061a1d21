import { useMemo, useState } from 'react';

/**
 * The value of before while a new one says the same: a refresh reads everything anew, and what is drawn anew takes away
 * what a viewer points at.
 *
 * @param said all that a value says, as text; a function that stays the same
 */
export function useSame<T>(value: T, said: (value: T) => string): T {
  const text = useMemo(() => said(value), [value, said]);
  const [kept, setKept] = useState({ value, text });
  if (kept.text === text) {
    return kept.value;
  }
  setKept({ value, text });
  return value;
}
