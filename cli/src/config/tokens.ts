/** The tokens that the configuration gives out. */
import { hashToken, type TokenRule, type Tokens } from '@kpi-monitor/engine/http/access';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { addDays } from '@kpi-monitor/model/time/civil';

import type { LoadedConfig } from './read';

const SHORTEST_TOKEN = 16;

/** @throws KpiError CONFIG_SECRET for a token that is too short, or not there */
export function tokenRules({ tokens, resolve }: LoadedConfig, calendar: Calendar): TokenRule[] {
  return tokens.map(({ name, token, sha256, scopes, kpis, until }) => ({
    ...{ name, scopes, sha256: sha256 ?? hashOf(name, resolve(token!)) },
    ...(kpis && { kpis }),
    ...(until && { until: calendar.toInstant(addDays(Date.parse(until), 1)) }),
  }));
}

function hashOf(name: string, secret: string): string {
  if (secret.length < SHORTEST_TOKEN) {
    const message = `the token of \`${name}\` has ${secret.length} characters; give it ${SHORTEST_TOKEN} or more, at random`;
    throw new KpiError('CONFIG_SECRET', message, { name });
  }
  return hashToken(secret);
}

/**
 * The tokens of the configuration as it is at each moment: so they are rotated without a restart.
 * @throws KpiError CONFIG_SECRET
 */
export function tokensOf(current: () => LoadedConfig, calendar: Calendar): Tokens {
  let config = current();
  let rules = tokenRules(config, calendar);
  return () => {
    if (current() !== config) {
      config = current();
      rules = tokenRules(config, calendar);
    }
    return rules;
  };
}
