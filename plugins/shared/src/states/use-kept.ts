import { LoadingState } from '@grafana/data';
import { useState } from 'react';

/** The last values while new ones are being read, so that a refresh never blanks a panel. */
export function useKept<T>(values: T, isEmpty: boolean, state: LoadingState): T {
  const [kept, setKept] = useState(values);
  const isBlank = isEmpty && state === LoadingState.Loading;
  if (!isBlank && kept !== values) {
    setKept(values);
  }
  return isBlank ? kept : values;
}
