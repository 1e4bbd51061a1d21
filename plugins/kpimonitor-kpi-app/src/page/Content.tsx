import { t } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import type { ReactNode } from 'react';

import type { Answer } from '../engine/use-answer';

import { Failed } from './Failed';

interface Props<T> {
  answer: Answer<T>;
  /** what it means when nothing came: "The KPIs could not be listed" */
  failure: string;
  children: (value: T) => ReactNode;
}

/** What was asked for, once it is there; what came before stays while it is asked again, or when that fails. */
export function Content<T>({ answer, failure, children }: Props<T>) {
  const { value, refusal, again } = answer;
  return (
    <>
      {refusal && <Failed title={failure} refusal={refusal} onRetry={again} />}
      {value !== undefined && children(value)}
      {value === undefined && !refusal && <LoadingPlaceholder text={t('content.loading', 'Reading …')} />}
    </>
  );
}
