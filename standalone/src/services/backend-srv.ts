/** `BackendSrv` over fetch: JSON in and out, a newer request cancels an older one of the same `requestId`. */
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { EMPTY, lastValueFrom, Observable } from 'rxjs';

export class HttpBackendSrv implements BackendSrv {
  private readonly running = new Map<string, AbortController>();

  fetch<T>(request: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((observer) => {
      const abort = new AbortController();
      const { requestId } = request;
      if (requestId) {
        this.running.get(requestId)?.abort();
        this.running.set(requestId, abort);
      }
      request.abortSignal?.addEventListener('abort', () => abort.abort());
      let over = false;
      send<T>(request, abort.signal).then(
        (response) => {
          over = true;
          observer.next(response);
          observer.complete();
        },
        (error: unknown) => {
          over = true;
          observer.error(error);
        }
      );
      return () => {
        if (!over) {
          abort.abort();
        }
        if (requestId && this.running.get(requestId) === abort) {
          this.running.delete(requestId);
        }
      };
    });
  }

  chunked(): Observable<FetchResponse<Uint8Array | undefined>> {
    return EMPTY;
  }

  async datasourceRequest<T>(request: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(request));
  }

  async request<T>(request: BackendSrvRequest): Promise<T> {
    return (await lastValueFrom(this.fetch<T>(request))).data;
  }

  get<T>(url: string, params?: BackendSrvRequest['params'], requestId?: string, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  post<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  put<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }

  patch<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  delete<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }
}

async function send<T>(config: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const { method = 'GET', data, responseType } = config;
  const url = withParams(config.url, config.params);
  const body = data === undefined ? undefined : JSON.stringify(data);
  // Whoever says it already may have written it otherwise, and two of them are none that a server knows.
  const headers = new Headers(config.headers);
  if (body !== undefined && !headers.has('content-type')) {
    headers.set('content-type', 'application/json');
  }
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body, signal, credentials: 'same-origin' });
  } catch (cause) {
    // Never 0: Grafana's data sources take that for an answer without data.
    throw signal.aborted
      ? failure(config, -1, 'The request was cancelled', { cancelled: true, cause })
      : failure(config, 503, 'KPI Monitor does not answer: is it still running?', { cause });
  }
  const content = (await read(response, responseType)) as T;
  if (!response.ok) {
    throw failure(config, response.status, response.statusText, { data: content });
  }
  const { status, statusText, ok, headers: answered, redirected, type } = response;
  return { data: content, status, statusText, ok, headers: answered, redirected, type, url, config };
}

/** A `FetchError`, which Grafana's `toDataQueryError` and `isFetchError` understand. */
function failure(
  config: BackendSrvRequest,
  status: number,
  statusText: string,
  { data, cancelled, cause }: { data?: unknown; cancelled?: boolean; cause?: unknown }
): Error & FetchError {
  const said = data as { message?: string; code?: string } | undefined;
  const message = [said?.code, said?.message].filter(Boolean).join(': ') || statusText;
  return Object.assign(new Error(message, { cause }), {
    status,
    statusText,
    data: data ?? { message },
    cancelled,
    config,
  });
}

async function read(response: Response, type: BackendSrvRequest['responseType']): Promise<unknown> {
  switch (type) {
    case 'text':
      return response.text();
    case 'blob':
      return response.blob();
    case 'arraybuffer':
      return response.arrayBuffer();
    default: {
      const text = await response.text();
      try {
        return text === '' ? {} : JSON.parse(text);
      } catch {
        return type === 'json' ? {} : text;
      }
    }
  }
}

function withParams(url: string, params: BackendSrvRequest['params']): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        query.append(name, String(one));
      }
    }
  }
  const text = query.toString();
  return text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`;
}
