/** `kpi token`: a new token for a client. It is shown once; the configuration gets its hash. */
import { randomBytes } from 'node:crypto';

import { hashToken, type Scope, SCOPES } from '@kpi-monitor/engine/http/access';
import { KpiError } from '@kpi-monitor/model/errors';
import { stringify } from 'yaml';

import { dim } from '../terminal/color';

import type { Output } from './options';

export interface TokenCommand {
  /** separated by commas, as is what follows */
  scopes: string;
  kpis?: string;
  /** the last day on which it counts, YYYY-MM-DD */
  until?: string;
  json?: boolean;
}

/** @throws KpiError REQUEST_INVALID */
export function token(name: string, { scopes: given, kpis, until, json }: TokenCommand, out: Output): number {
  const scopes = listed(given).map((scope) => {
    if (!SCOPES.includes(scope as Scope)) {
      throw new KpiError('REQUEST_INVALID', `\`${scope}\` is no scope; there are ${SCOPES.join(', ')}`);
    }
    return scope as Scope;
  });
  if (until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(until)) {
    throw new KpiError('REQUEST_INVALID', `--until ${until} is no date; write it as 2026-12-31`);
  }
  const secret = randomBytes(32).toString('base64url');
  const entry = {
    ...{ name, sha256: hashToken(secret), scopes },
    ...(kpis && { kpis: listed(kpis) }),
    ...(until && { until }),
  };
  if (json) {
    out.line(JSON.stringify({ token: secret, entry }));
    return 0;
  }
  out.line(secret);
  out.line(dim('Give it to the client now: it is shown this once. Below `tokens:` in kpi-monitor.yaml goes its hash:'));
  out.line(stringify([entry]).trimEnd().replace(/^/gm, '  '));
  return 0;
}

function listed(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}
