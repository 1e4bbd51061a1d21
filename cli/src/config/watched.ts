/** The configuration as its file has it now, for what is taken up without a restart: tokens and connections. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';

import { type Log, SILENT } from '@kpi-monitor/collector/log';
import { asKpiError } from '@kpi-monitor/model/errors';

import { type ConfigWanted, type LoadedConfig, readConfig } from './read';
import { configSchema } from './schema';

export interface WatchedConfigOptions {
  /** throws for a state of the file that cannot be taken up */
  check?: (next: LoadedConfig) => void;
  log?: Log;
  clock?: () => number;
}

const LOOK_EVERY = 1000;
const TAKEN_UP = ['tokens', 'connections'] as const;
const AT_START = Object.keys(configSchema.shape).filter((name) => !(TAKEN_UP as readonly string[]).includes(name));

/**
 * Looks at the file when it is asked, once a second at the most. While the file holds a mistake, all stays as it was; that
 * is logged, and so is a change which waits for the next start.
 *
 * @param wanted what `config` was read by
 */
export function watchedConfig(
  config: LoadedConfig,
  wanted: ConfigWanted,
  { check = () => {}, log = SILENT, clock = Date.now }: WatchedConfigOptions = {}
): () => LoadedConfig {
  const { file } = config;
  const name = basename(file ?? '');
  let current = config;
  let stamp = stampOf(file);
  let looked = clock();
  let newest = config;

  const take = () => {
    const next = readConfig({ ...wanted, config: file! });
    const later = AT_START.filter((field) => textOf(next, field) !== textOf(newest, field));
    check(next);
    newest = next;
    current = { ...current, tokens: next.tokens, connections: next.connections };
    if (later.length > 0) {
      log.warn({ fields: later }, `${name} has changed: ${later.join(', ')} take effect at the next start`);
    }
  };

  return () => {
    if (file !== null && clock() - looked >= LOOK_EVERY) {
      looked = clock();
      const now = stampOf(file);
      if (now !== stamp) {
        stamp = now;
        try {
          take();
        } catch (error) {
          const { code, message } = asKpiError(error);
          log.error({ code }, `${name} stays as it was: ${message}`);
        }
      }
    }
    return current;
  };
}

function textOf(config: LoadedConfig, field: string): string | undefined {
  return JSON.stringify(config[field as keyof LoadedConfig]);
}

function stampOf(file: string | null): string {
  const found = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : '';
}
