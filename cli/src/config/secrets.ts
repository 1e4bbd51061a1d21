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
      remember(value);
      return value;
    }
    try {
      const value = readFileSync(resolve(folder, name), 'utf8').trimEnd();
      remember(value);
      return value;
    } catch {
      throw new KpiError('CONFIG_SECRET', `the secret file ${name} cannot be read`, { name });
    }
  });
}

const MASK = '(secret)';
/** Anything shorter would mask half of a text. */
const SHORTEST = 6;

/** Every secret that this process has read, in each form in which a message may quote it; the longest first. */
const read = new Set<string>();

function remember(secret: string): void {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, json, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  forms.filter(({ length }) => length >= SHORTEST).forEach((form) => read.add(form));
}

/** A text that may be shown: with no secret in it that this process has read. */
export function redact(text: string): string {
  return [...read]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
