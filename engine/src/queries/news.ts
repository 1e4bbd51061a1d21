/** Whether a judged value is news, by what its own past varies by. */
import { readSignal } from '@kpi-monitor/analysis/signal/xmr';
import type { SignalReader } from '@kpi-monitor/model/judgement/assess';

import { SEASONS } from './seasons';

export const readNews: SignalReader = (values, grain) => {
  const reading = readSignal(
    values.map((value) => value ?? NaN),
    SEASONS[grain][0]
  );
  return reading && (reading.signal?.direction ?? 0);
};
