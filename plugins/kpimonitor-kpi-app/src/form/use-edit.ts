import { t } from '@grafana/i18n';
import type { EditConflict, EditField, EditProblem, JudgementAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { useCallback, useEffect, useState } from 'react';

import { ask } from '../engine/ask';
import type { Refusal } from '../engine/refusal';

import { changeOf, type Draft, draftOf, isEmptyChange, rebased, type Typed } from './draft';
import { type Mistakes, mistakesOf } from './mistakes';

const LEAST_REASON = 3;

export interface Edit {
  draft: Draft;
  /** holds from this day on, YYYY-MM-DD */
  from: string;
  reason: string;
  mistakes: Mistakes;
  /** what is to change; null while a value is wrong */
  change: ReturnType<typeof changeOf> | null;
  isChanged: boolean;
  isSaving: boolean;
  /** somebody else was first: what is written is kept, upon what holds since */
  conflict?: EditConflict;
  refusal?: Refusal;
  /** holds from this day on since it was saved here, until something new is written */
  savedFrom?: string;
  type(typed: Typed): void;
  setFrom(from: string): void;
  setReason(reason: string): void;
  save(): Promise<void>;
  discard(): void;
}

/**
 * Writing a change of what a KPI is judged by.
 * @param put takes in what the engine answers to a change
 */
export function useEdit(answer: JudgementAnswer, put: (answer: JudgementAnswer) => void): Edit {
  const [typed, setTyped] = useState<Typed>({});
  const [chosenFrom, setFrom] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isSaving, setSaving] = useState(false);
  const [wasTried, setTried] = useState(false);
  const [conflict, setConflict] = useState<EditConflict>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [savedFrom, setSavedFrom] = useState<string>();

  const { inForce, kpi, revision, starts } = answer;
  const draft = { ...draftOf(inForce, answer), ...typed };
  const from = chosenFrom ?? (starts.find(({ is }) => is === 'open') ?? starts[0])?.from ?? '';
  const wrongValues = mistakesOf(draft, inForce, answer);
  const change = Object.keys(wrongValues).length > 0 ? null : changeOf(draft, inForce, answer);
  const isChanged = change === null || !isEmptyChange(change);
  const mistakes: Mistakes = {
    ...problemsOf(refusal),
    ...wrongValues,
    ...(wasTried &&
      isChanged &&
      reason.trim().length < LEAST_REASON && {
        reason: t('mistake.reason', 'Say why in a few words: the trail keeps it'),
      }),
    ...(wasTried &&
      isChanged &&
      !/^\d{4}-\d{2}-\d{2}$/.test(from) && {
        from: t('mistake.from', 'Choose the day from which it holds'),
      }),
  };

  const begin = useCallback(() => {
    setTyped({});
    setFrom(null);
    setReason('');
    setTried(false);
    setConflict(undefined);
    setRefusal(undefined);
  }, []);

  const save = async () => {
    setTried(true);
    setRefusal(undefined);
    if (change === null || !isChanged || reason.trim().length < LEAST_REASON || !from) {
      return;
    }
    setSaving(true);
    const path = `kpis/${encodeURIComponent(kpi)}/judgement`;
    try {
      const body = { ...change, from, reason: reason.trim() };
      put(await ask<JudgementAnswer>(path, { method: 'PUT', upon: revision, body }));
      begin();
      setSavedFrom(from);
    } catch (thrown) {
      const why = thrown as Refusal;
      if (why.code !== 'KPI_EDIT_CONFLICT') {
        setRefusal(why);
        return;
      }
      try {
        const fresh = await ask<JudgementAnswer>(path);
        setTyped(rebased(typed, inForce, fresh.inForce, answer));
        setConflict(why.details as unknown as EditConflict);
        put(fresh);
      } catch (again) {
        setRefusal(again as Refusal);
      }
    } finally {
      setSaving(false);
    }
  };

  useWarningOfLoss(isChanged);
  return {
    draft,
    from,
    reason,
    mistakes,
    change,
    isChanged,
    isSaving,
    conflict,
    refusal: refusal && Object.keys(problemsOf(refusal)).length === 0 ? refusal : undefined,
    savedFrom,
    type: (more) => {
      setSavedFrom(undefined);
      setRefusal(undefined);
      setTyped({ ...typed, ...more });
    },
    setFrom,
    setReason,
    save,
    discard: begin,
  };
}

function problemsOf(refusal: Refusal | undefined): Mistakes {
  const { problems } = (refusal?.details ?? {}) as { problems?: EditProblem[] };
  return Object.fromEntries((problems ?? []).map(({ field, message }): [EditField, string] => [field, message]));
}

/** The browser asks before it leaves a page on which something is written. */
function useWarningOfLoss(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);
}
