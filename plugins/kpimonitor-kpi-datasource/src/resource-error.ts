import { isFetchError } from '@grafana/runtime';

/** Why a resource of the engine could not be had, as a code (when there is one) and a sentence. */
export interface ResourceError {
  code?: string;
  message: string;
}

/** Reads what `getResource` throws: the engine's or the backend's coded answer, or Grafana's own. */
export function readResourceError(thrown: unknown): ResourceError {
  if (isFetchError(thrown)) {
    const { code, message } = (thrown.data ?? {}) as { code?: string; message?: string };
    return { code, message: message || thrown.statusText || `Grafana answered ${thrown.status}` };
  }
  return { message: thrown instanceof Error ? thrown.message : String(thrown) };
}
