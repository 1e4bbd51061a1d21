import type { JudgementChange, PreviewAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { useCallback, useEffect, useState } from 'react';

import { ask } from '../engine/ask';
import type { Refusal } from '../engine/refusal';

/** A pause in writing, after which the preview is made. */
const PAUSE = 350;

export interface Preview {
  /** the last that came; it stays while a newer one is made */
  answer?: PreviewAnswer;
  /** whether `answer` is of a change, and not of what holds */
  hasChange: boolean;
  refusal?: Refusal;
  isAsking: boolean;
  again(): void;
}

/**
 * How the last year would have been judged.
 * @param change what is written; null while it has mistakes: the preview then stays as it was
 * @param revision of what it is written upon
 */
export function usePreview(kpi: string, change: JudgementChange | null, revision: number): Preview {
  const [attempt, setAttempt] = useState(0);
  const [shown, show] = useState<{ key: string; body: string; answer?: PreviewAnswer; refusal?: Refusal }>();
  const body = change && JSON.stringify(change);
  const key = `${kpi} ${revision} ${attempt} ${body}`;

  useEffect(() => {
    if (body === null) {
      return;
    }
    let current = true;
    // What holds is shown at once; a change once its writer pauses.
    const timer = setTimeout(
      () => {
        ask<PreviewAnswer>(`kpis/${encodeURIComponent(kpi)}/judgement/preview`, {
          method: 'POST',
          body: JSON.parse(body) as JudgementChange,
          name: `preview of ${kpi}`,
        }).then(
          (answer) => current && show({ key, body, answer }),
          (refusal: Refusal) =>
            current &&
            !refusal.isCancelled &&
            show((last) => ({ key, body: last?.body ?? '{}', answer: last?.answer, refusal }))
        );
      },
      body === '{}' ? 0 : PAUSE
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [kpi, body, key]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  return {
    answer: shown?.answer,
    hasChange: shown !== undefined && shown.body !== '{}',
    refusal: shown?.key === key ? shown.refusal : undefined,
    isAsking: body !== null && shown?.key !== key,
    again,
  };
}
