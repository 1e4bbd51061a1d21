/** One HTTP request, its answer bounded in size, and every way in which it can fail told apart. */
import { KpiError } from '@kpi-monitor/model/errors';

export interface TextRequest {
  url: string;
  /** the address as the KPI file has it: secrets in it stay out of messages */
  shownUrl: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** default `MAX_ANSWER_BYTES` */
  maxBytes?: number;
}

export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_FORMAT */
export async function fetchText(request: TextRequest): Promise<string> {
  const { url, shownUrl, method, headers, body, signal, maxBytes = MAX_ANSWER_BYTES } = request;
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new KpiError('SOURCE_UNREACHABLE', `${shownUrl} cannot be reached: ${reasonOf(error)}`, { url: shownUrl });
  }
  if (!response.ok) {
    await response.body?.cancel();
    const hint = response.status === 401 || response.status === 403 ? '; check the headers of the source' : '';
    const message = `${shownUrl} answered ${response.status} ${response.statusText}`.trimEnd() + hint;
    throw new KpiError('SOURCE_REFUSED', message, { url: shownUrl, status: response.status });
  }
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    const answer = (response.body ?? []) as unknown as AsyncIterable<Uint8Array>;
    for await (const chunk of answer) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        const message = `${shownUrl} answers with more than ${maxBytes} bytes; ask for less, by {from} and {to} or a filter`;
        throw new KpiError('SOURCE_FORMAT', message, { url: shownUrl });
      }
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KpiError) {
      throw error;
    }
    throw new KpiError('SOURCE_UNREACHABLE', `${shownUrl} broke off its answer: ${reasonOf(error)}`, { url: shownUrl });
  }
  return text + decoder.decode();
}

/** `fetch failed` says nothing: what the network said is its cause. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
}
