/** One request and its answer: bounded in time and size, unpacked, and every way in which it can fail told apart. */
import { once } from 'node:events';
import { request as plain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { KpiError } from '@kpi-monitor/model/errors';

import { PassingError } from './passing-error';

export interface Attempt {
  url: URL;
  /** the address as messages may show it: without secrets */
  shown: string;
  method: string;
  /** names in lower case */
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** milliseconds until the last byte */
  timeout: number;
  maxBytes: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** unpacked; of an answer that is no success, its beginning */
  body: Buffer;
}

/** Of an answer that is no success, as much as says why. */
const REASON_BYTES = 8192;

const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Unlike `fetch`, it finds out when a packed answer ends too early: CSV would be taken for the whole. */
export async function attempt({ url, shown, timeout, signal, ...asked }: Attempt): Promise<Answer> {
  signal.throwIfAborted();
  const end = new AbortController();
  const onStop = () => end.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end.abort();
  }, timeout);
  signal.addEventListener('abort', onStop, { once: true });
  let response: IncomingMessage | null = null;
  try {
    const send = url.protocol === 'https:' ? secure : plain;
    const request = send(url, {
      method: asked.method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...asked.headers },
      signal: end.signal,
    });
    // What it says after its answer has begun reaches us through the answer.
    request.on('error', () => {});
    const begun = once(request, 'response') as Promise<[IncomingMessage]>;
    request.end(asked.body);
    [response] = await begun;
    const status = response.statusCode!;
    return {
      status,
      headers: response.headers,
      body: await bodyOf(response, isSuccess(status), asked.maxBytes, shown),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (isLate) {
      const message = `${shown} did not ${response ? 'finish its answer' : 'answer'} within ${timeout} ms; make it faster, or raise the source's \`timeout\``;
      throw new PassingError('SOURCE_TIMEOUT', message, { url: shown });
    }
    throw error instanceof KpiError ? error : failureOf(error as NodeJS.ErrnoException, shown, response !== null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onStop);
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

async function bodyOf(response: IncomingMessage, isWhole: boolean, maxBytes: number, shown: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(response, shown) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (!isWhole && bytes > REASON_BYTES) {
      break;
    }
    if (bytes > maxBytes) {
      const message = `${shown} answers with more than ${maxBytes} bytes; ask for less, by {from} and {to} or a filter`;
      throw new KpiError('SOURCE_FORMAT', message, { url: shown });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpacked(response: IncomingMessage, shown: string): Readable {
  const packing = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (packing === 'identity' || packing === '') {
    return response;
  }
  const unpack = UNPACK[packing];
  if (!unpack) {
    response.destroy();
    throw new KpiError('SOURCE_FORMAT', `${shown} answers packed by \`${packing}\`, which cannot be unpacked`);
  }
  return pipeline(response, unpack(), () => {});
}

const PASSING = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ERR_STREAM_PREMATURE_CLOSE', 'Z_BUF_ERROR']);

function failureOf(error: NodeJS.ErrnoException, shown: string, hasBegun: boolean): KpiError {
  const { code = '', message } = error;
  const details = { url: shown };
  const options = { cause: error };
  if (code.startsWith('Z_') && code !== 'Z_BUF_ERROR') {
    return new KpiError(
      'SOURCE_FORMAT',
      `${shown} answers packed, and cannot be unpacked: ${message}`,
      details,
      options
    );
  }
  const reason = code === 'Z_BUF_ERROR' ? 'it is packed and ends too early' : code || message;
  const text = hasBegun ? `${shown} broke off its answer: ${reason}` : `${shown} cannot be reached: ${reason}`;
  return PASSING.has(code)
    ? new PassingError('SOURCE_UNREACHABLE', text, details, options)
    : new KpiError('SOURCE_UNREACHABLE', text, details, options);
}
