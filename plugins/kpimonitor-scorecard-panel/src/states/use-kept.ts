import { LoadingState } from '@grafana/data';
import { useState } from 'react';

import type { Scorecard } from '../data/scorecard';

/** The last values while new ones are being read, so that a refresh never blanks a panel. */
export function useKept(scorecard: Scorecard, state: LoadingState): Scorecard {
  const [kept, setKept] = useState(scorecard);
  const isBlank = scorecard.rows.length === 0 && state === LoadingState.Loading;
  if (!isBlank && kept !== scorecard) {
    setKept(scorecard);
  }
  return isBlank ? kept : scorecard;
}
