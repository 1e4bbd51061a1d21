/** Calls of the engine's API, through the resources of the KPI Monitor data source. */
import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';

import { Refusal } from './refusal';
import { DATASOURCE_UID } from './source';

export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** the revision that a change was made upon: the engine refuses it when there is a newer one */
  upon?: number;
  /** a newer question of this name cancels an older one */
  name?: string;
}

/**
 * @param path below the engine's `/api/`, its parts escaped
 * @throws Refusal
 */
export async function ask<T>(path: string, question: Question = {}): Promise<T> {
  const { method = 'GET', query, body, upon, name } = question;
  const request: BackendSrvRequest = {
    url: `/api/datasources/uid/${DATASOURCE_UID}/resources/${path}`,
    method,
    params: query,
    data: body,
    headers: {
      // Grafana takes a DELETE to have no body unless it is told what it is.
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(upon !== undefined && { 'If-Match': `"${upon}"` }),
    },
    requestId: name,
    // Said where it happened, not in a corner of the page.
    showErrorAlert: false,
    showSuccessAlert: false,
  };
  try {
    return (await lastValueFrom(getBackendSrv().fetch<T>(request))).data;
  } catch (thrown) {
    throw Refusal.of(thrown);
  }
}
