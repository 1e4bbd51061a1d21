import type { BacktestRequest, BacktestRun } from '@kpi-monitor/model/query/backtest-answer';
import { useCallback, useEffect, useRef, useState } from 'react';

import { ask } from '../engine/ask';
import { Refusal } from '../engine/refusal';

export interface Backtest {
  /** the last that was begun, as far as it is known */
  run?: BacktestRun;
  refusal?: Refusal;
  isRunning: boolean;
  start(request: BacktestRequest): void;
  stop(): void;
}

/** Between two looks at a run; the engine waits a little by itself before it answers one. */
const PAUSE = 500;

/** One back-test at a time, looked after until it is over, and stopped when its reader goes away. */
export function useBacktest(): Backtest {
  const [state, setState] = useState<Pick<Backtest, 'run' | 'refusal' | 'isRunning'>>({ isRunning: false });
  // What is looked after; an older one's answers are dropped.
  const current = useRef<{ id?: string }>();

  const leave = useCallback(() => {
    const id = current.current?.id;
    current.current = undefined;
    if (id !== undefined) {
      // Nobody asks after it any more, so it ends by itself, too.
      ask(`${PATH}/${id}`, { method: 'DELETE' }).catch(() => undefined);
    }
  }, []);
  useEffect(() => leave, [leave]);

  const start = useCallback(
    (request: BacktestRequest) => {
      leave();
      const mine: { id?: string } = {};
      current.current = mine;
      setState({ isRunning: true });
      follow(request, mine, () => current.current === mine, setState).catch((refusal: Refusal) => {
        if (current.current === mine) {
          current.current = undefined;
          setState({ isRunning: false, refusal });
        }
      });
    },
    [leave]
  );
  const stop = useCallback(() => {
    leave();
    setState((before) => ({
      run: before.run && { ...before.run, state: 'stopped' },
      isRunning: false,
    }));
  }, [leave]);
  return { ...state, start, stop };
}

const PATH = 'alerts/backtest';

async function follow(
  request: BacktestRequest,
  mine: { id?: string },
  isCurrent: () => boolean,
  show: (state: Pick<Backtest, 'run' | 'refusal' | 'isRunning'>) => void
): Promise<void> {
  let run = await ask<BacktestRun>(PATH, { method: 'POST', body: request });
  if (!isCurrent() && run.state === 'running') {
    await ask(`${PATH}/${run.id}`, { method: 'DELETE' });
    return;
  }
  mine.id = run.id;
  while (isCurrent() && run.state === 'running') {
    show({ run, isRunning: true });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (isCurrent()) {
      run = await ask<BacktestRun>(`${PATH}/${run.id}`);
    }
  }
  if (isCurrent()) {
    mine.id = undefined;
    const { error } = run;
    show({
      run,
      isRunning: false,
      refusal: error ? new Refusal(error.message, 0, error.code, error.details) : undefined,
    });
  }
}
