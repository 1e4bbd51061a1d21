/** The tokens that the configuration gives out, read anew when its file changes: so they are rotated without a restart. */
import { statSync } from 'node:fs';

import { hashToken, type TokenRule, type Tokens } from '@kpi-monitor/engine/http/access';
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { addDays } from '@kpi-monitor/model/time/civil';

import { type LoadedConfig, readConfig } from './read';

const SHORTEST_TOKEN = 16;
const LOOK_EVERY = 1000;

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
 * The tokens as the file has them now; those of the last good one while it holds a mistake, which `onMistake` is told.
 * @throws KpiError CONFIG_SECRET at first
 */
export function watchedTokens(
  config: LoadedConfig,
  calendar: Calendar,
  { onMistake, clock = Date.now }: { onMistake: (error: KpiError) => void; clock?: () => number }
): Tokens {
  const { file } = config;
  let rules = tokenRules(config, calendar);
  let stamp = stampOf(file);
  let looked = clock();
  return () => {
    if (file !== null && clock() - looked >= LOOK_EVERY) {
      looked = clock();
      const now = stampOf(file);
      if (now !== stamp) {
        stamp = now;
        try {
          rules = tokenRules(readConfig({ config: file }), calendar);
        } catch (error) {
          onMistake(asKpiError(error));
        }
      }
    }
    return rules;
  };
}

function stampOf(file: string | null): string {
  const found = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : '';
}
