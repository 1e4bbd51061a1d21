/** References to secrets, `${env:NAME}` and `${file:PATH}`: resolved late, and never printed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';

const REFERENCE = /\$\{(env|file):([^}]+)\}/g;

export interface SecretSource {
  env: Readonly<Record<string, string | undefined>>;
  /** what paths of files are relative to */
  folder: string;
}

/**
 * A text with its references replaced.
 * @throws KpiError CONFIG_SECRET naming what is not set, never a value
 */
export function resolveSecrets(text: string, { env, folder }: SecretSource): string {
  return text.replace(REFERENCE, (_, kind: string, name: string) => {
    if (kind === 'env') {
      const value = env[name];
      if (value === undefined || value === '') {
        throw new KpiError('CONFIG_SECRET', `the environment variable ${name} is not set`, { name });
      }
      return value;
    }
    try {
      return readFileSync(resolve(folder, name), 'utf8').trimEnd();
    } catch {
      throw new KpiError('CONFIG_SECRET', `the secret file ${name} cannot be read`, { name });
    }
  });
}
