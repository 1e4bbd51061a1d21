/** Asks a running instance. */
import { ERRORS, type ErrorBody, KpiError } from '@kpi-monitor/model/errors';

import type { Instance } from './instance';

const PATIENCE = 60_000;

/** @throws KpiError what the instance refuses with; ENGINE_UNREACHABLE, ENGINE_ANSWER when nobody or somebody else answers */
export async function ask<T>(
  { url, token }: Instance,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  patience = PATIENCE
): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patience),
  }).catch((cause: Error) => {
    const message = `the instance at ${url} does not answer: ${cause.message}`;
    throw new KpiError('ENGINE_UNREACHABLE', message, { url }, { cause });
  });
  const answer = (await response.json().catch(() => null)) as unknown;
  if (!response.ok) {
    throw refusal(answer as ErrorBody | null, url, response.status);
  }
  return answer as T;
}

function refusal(body: ErrorBody | null, url: string, status: number): KpiError {
  return body && body.code in ERRORS
    ? new KpiError(body.code, body.message, body.details)
    : new KpiError('ENGINE_ANSWER', `the instance at ${url} answered ${status}; is it of another version?`, { url });
}
