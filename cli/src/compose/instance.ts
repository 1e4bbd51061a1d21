/**
 * The process that holds a data folder, as it says itself: DuckDB lets nobody else open its file, so whoever finds a
 * running instance asks it over HTTP instead.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';

import type { LoadedConfig } from '../config/read';

export interface Instance {
  pid: number;
  /** `http://127.0.0.1:8484` */
  url: string;
  /** read access for programs of the same user; absent where none is needed */
  token?: string;
}

/** Tells others that this process serves the data folder; the result takes that back. */
export function announceInstance(dataFolder: string, instance: Instance): () => void {
  mkdirSync(dataFolder, { recursive: true });
  const path = fileOf(dataFolder);
  writeFileSync(path, JSON.stringify(instance), { mode: 0o600 });
  return () => {
    if (findInstance(dataFolder)?.pid === instance.pid) {
      rmSync(path, { force: true });
    }
  };
}

/** The instance that runs on the data folder; null when there is none, or it died without saying so. */
export function findInstance(dataFolder: string): Instance | null {
  try {
    const instance = JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')) as Instance;
    process.kill(instance.pid, 0);
    return instance;
  } catch {
    return null;
  }
}

/** The instance that answers; a process number alone may have gone to another program since. */
export async function reachInstance(dataFolder: string): Promise<Instance | null> {
  const instance = findInstance(dataFolder);
  const answers =
    instance &&
    (await fetch(`${instance.url}/live`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT) }).then(
      () => true,
      () => false
    ));
  return answers ? instance : null;
}

const ANSWER_TIMEOUT = 5000;

/** @throws KpiError STORE_LOCKED when a running instance holds the embedded store, which no second process can open */
export async function refuseWhileHeld({ store, dataFolder }: LoadedConfig): Promise<void> {
  const instance = store.kind === 'duckdb' ? await reachInstance(dataFolder) : null;
  if (instance) {
    const message = `an instance runs at ${instance.url} (process ${instance.pid}) and holds the store; stop it first`;
    throw new KpiError('STORE_LOCKED', message, { url: instance.url, pid: instance.pid });
  }
}

function fileOf(dataFolder: string): string {
  return join(dataFolder, 'instance.json');
}
