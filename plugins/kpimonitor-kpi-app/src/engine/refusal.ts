import { t } from '@grafana/i18n';
import { isFetchError } from '@grafana/runtime';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { DATASOURCE_UID } from './source';

interface Said {
  code?: string;
  message?: string;
  messageId?: string;
  details?: Record<string, unknown>;
}

/** Why the engine, or something before it, did not do what was asked: with a code of docs/errors.md where it has one. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly status: number,
    readonly code = '',
    readonly details: Record<string, unknown> = {}
  ) {
    super(message);
  }

  /** Of what Grafana's `fetch` throws. */
  static of(thrown: unknown): Refusal {
    if (!isFetchError(thrown)) {
      return new Refusal(thrown instanceof Error ? thrown.message : String(thrown), 0);
    }
    const { status, statusText, data } = thrown;
    const said: Said = typeof data === 'object' && data !== null ? data : {};
    if (thrown.cancelled) {
      return new Refusal('', status, CANCELLED);
    }
    if (said.code) {
      return new Refusal(said.message || statusText || '', status, said.code, said.details);
    }
    return new Refusal(withoutCode(status, said.message || statusText || ''), status);
  }

  /** Nobody waits for the answer any more. */
  get isCancelled(): boolean {
    return this.code === CANCELLED;
  }
}

const CANCELLED = 'CANCELLED';

/** Grafana's own answers name no KPI Monitor: whoever reads them has to learn what is to be put right. */
function withoutCode(status: number, said: string): string {
  switch (status) {
    case 0:
      return t('refusal.grafana', 'Grafana does not answer. Check your connection, then try again.');
    case 401:
      return t(
        'refusal.signed-out',
        'You are signed out of Grafana. Sign in again, in another tab if you were writing.'
      );
    case 403:
      return t('refusal.forbidden', 'Grafana does not let you query the data source {{uid}}.', {
        uid: DATASOURCE_UID,
        interpolation,
      });
    case 404:
      return t('refusal.no-source', 'Grafana has no KPI Monitor data source with the uid {{uid}}.', {
        uid: DATASOURCE_UID,
        interpolation,
      });
    default:
      return said || t('refusal.status', 'The answer was {{status}}.', { status });
  }
}
