/** A request with its redirects followed: never in circles, and never with credentials to somebody else. */
import { STATUS_CODES } from 'node:http';

import { KpiError } from '@kpi-monitor/model/errors';

import { type Answer, attempt, type Attempt, isSuccess } from './attempt';
import { PassingError } from './passing-error';
import { retryAfterOf } from './retry';

export interface Exchanged extends Answer {
  /** where the answer came from in the end */
  url: URL;
}

export const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Statuses of a server that may be itself again in a moment. */
const PASSING = [429, 502, 503, 504];
/** Headers that say nothing about who asks. */
const HARMLESS = ['accept', 'accept-encoding'];

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_TIMEOUT, SOURCE_FORMAT, SOURCE_REFUSED for any answer but a success */
export async function exchange(first: Attempt): Promise<Exchanged> {
  let request = first;
  for (let hops = 0; ; hops++) {
    const answer = await attempt(request);
    if (isSuccess(answer.status)) {
      return { ...answer, url: request.url };
    }
    const { location } = answer.headers;
    if (!REDIRECTS.includes(answer.status) || location === undefined) {
      throw refusal(answer, first.shown);
    }
    if (hops === MOST_REDIRECTS) {
      throw refused(first.shown, `redirects more than ${MOST_REDIRECTS} times, perhaps in a circle`, answer.status);
    }
    request = redirected(request, location, answer.status);
  }
}

function redirected(request: Attempt, location: string, status: number): Attempt {
  const { shown } = request;
  if (!URL.canParse(location, request.url)) {
    throw refused(shown, 'redirects to what is no address', status);
  }
  const url = new URL(location, request.url);
  const there = `${url.origin}${url.pathname}`;
  if (!['http:', 'https:'].includes(url.protocol) || (request.url.protocol === 'https:' && url.protocol === 'http:')) {
    throw refused(shown, `redirects to ${there}, which is no https address`, status);
  }
  const becomesGet = status === 303 || (status < 303 && request.method === 'POST');
  const next: Attempt = becomesGet
    ? { ...request, url, method: 'GET', body: undefined, headers: without(request.headers, ['content-type']) }
    : { ...request, url };
  if (url.origin === request.url.origin) {
    return next;
  }
  if (next.body !== undefined) {
    throw refused(
      shown,
      `redirects its POST to ${there}, another server; configure that address if you trust it`,
      status
    );
  }
  const kept = Object.entries(next.headers).filter(([name]) => HARMLESS.includes(name));
  return { ...next, headers: Object.fromEntries(kept) };
}

function without(headers: Attempt['headers'], names: readonly string[]): Attempt['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function refusal({ status, headers }: Answer, shown: string): KpiError {
  const hint = status === 401 || status === 403 ? '; check `auth` and the headers of the source' : '';
  const error = refused(shown, `answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd() + hint, status);
  if (!PASSING.includes(status)) {
    return error;
  }
  const retryAfter = retryAfterOf(headers['retry-after'], Date.now());
  const wish = retryAfter === undefined ? '' : `, and asks to come again in ${Math.ceil(retryAfter / 1000)} s`;
  return new PassingError('SOURCE_REFUSED', `${error.message}${wish}`, {
    ...{ url: shown, status },
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function refused(shown: string, what: string, status: number): KpiError {
  return new KpiError('SOURCE_REFUSED', `${shown} ${what}`, { url: shown, status });
}
