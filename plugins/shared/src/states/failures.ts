import type { PanelData } from '@grafana/data';
import { ERRORS } from '@kpi-monitor/model/errors';

export interface Failure {
  /** of the registry, as in docs/errors.md; empty when it is not ours */
  code: string;
  text: string;
}

/** What went wrong with a panel's queries, each once. */
export function failuresOf({ error, errors = error ? [error] : [] }: PanelData): Failure[] {
  const texts = errors.map((one) => one.data?.message || one.message || one.data?.error || one.statusText || '');
  return [...new Set(texts)].map(failureOf);
}

/** `CODE: message` taken apart. */
function failureOf(text: string): Failure {
  const [, code = '', rest = ''] = /\b([A-Z][A-Z_]+[A-Z])\b:?\s+(.*)/s.exec(text) ?? [];
  return code in ERRORS && rest ? { code, text: rest } : { code: '', text };
}
