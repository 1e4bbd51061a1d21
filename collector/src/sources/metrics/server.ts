/** A server of metrics that is asked over HTTP and answers JSON, also when something is wrong with the question. */
import type { MetricsServer } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import { milliseconds } from '../../duration';
import { type Answer, attempt, isSuccess } from '../http/attempt';
import { createAuthorization } from '../http/authorization';
import { jsonOf, textOf } from '../http/decode';
import { PassingError } from '../http/passing-error';
import { LONGEST_PAUSE, retryAfterOf, retrying } from '../http/retry';
import { createSecrets } from '../http/secrets';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const RETRIES = 3;
const PASSING = [429, 500, 502, 503, 504];

export interface Asked {
  /** Of the body of an answer that is no success: what the server says is wrong. */
  reasonIn(body: unknown): string | undefined;
}

export interface Server {
  /** milliseconds that one question may take, with its repeats */
  patience: number;
  /** GET, which no server takes for a change. @throws KpiError SOURCE_* */
  ask(path: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown>;
}

/** @param resolve puts secrets in for `${env:…}` and `${file:…}` */
export function createServer(config: MetricsServer, resolve: (text: string) => string, asked: Asked): Server {
  const secrets = createSecrets(resolve);
  const timeout = milliseconds(config.timeout);
  const authorization = createAuthorization(config.auth, {
    secrets,
    clock: Date.now,
    send: () => Promise.reject(new Error('there is no token to ask for')),
  });
  const headers = async (signal: AbortSignal) => {
    const own = Object.entries(config.headers ?? {}).map(([name, text]) => [name.toLowerCase(), secrets.resolve(text)]);
    const header = await authorization.header(signal);
    return Object.fromEntries([['accept', 'application/json'], ...(header ? [['authorization', header]] : []), ...own]);
  };
  return {
    patience: (RETRIES + 1) * timeout + RETRIES * LONGEST_PAUSE,
    async ask(path, parameters, signal) {
      const shown = `${config.url.replace(/\/+$/, '')}${path}`;
      try {
        const base = secrets.resolve(config.url).replace(/\/+$/, '');
        if (!URL.canParse(base + path)) {
          throw new KpiError('SOURCE_UNREACHABLE', `${shown} is no address; write one such as http://host:port`);
        }
        const url = new URL(base + path);
        Object.entries(parameters).forEach(([name, text]) => url.searchParams.set(name, text));
        const request = { url, shown, method: 'GET', headers: await headers(signal), timeout, signal };
        const once = async () => successOf(await attempt({ ...request, maxBytes: MAX_ANSWER_BYTES }), shown, asked);
        const until = Date.now() + Math.max(timeout, milliseconds(config.every));
        return await retrying(once, { retries: RETRIES, until, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Error) {
          error.message = secrets.hide(error.message);
        }
        throw error;
      }
    },
  };
}

function successOf({ status, headers, body }: Answer, shown: string, { reasonIn }: Asked): unknown {
  const details = { url: shown, status };
  if (isSuccess(status)) {
    return jsonOf(textOf(body, headers, shown), shown);
  }
  const reason = reasonOf(body, reasonIn);
  const message = `${shown} answered ${status}${reason ? `: ${reason}` : ''}`;
  if (status === 401 || status === 403) {
    throw new KpiError('SOURCE_REFUSED', `${message}; check \`auth\` and the headers of the source`, details);
  }
  if (PASSING.includes(status)) {
    const retryAfter = retryAfterOf(headers['retry-after'], Date.now());
    throw new PassingError('SOURCE_REFUSED', message, { ...details, ...(retryAfter !== undefined && { retryAfter }) });
  }
  throw new KpiError('SOURCE_REFUSED', message, details);
}

function reasonOf(body: Buffer, reasonIn: Asked['reasonIn']): string | undefined {
  try {
    return reasonIn(JSON.parse(body.toString('utf8')))?.slice(0, 500);
  } catch {
    return undefined;
  }
}
