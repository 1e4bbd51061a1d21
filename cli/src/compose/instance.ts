/**
 * The process that holds a data folder, as it says itself: DuckDB lets nobody else open its file, so whoever finds a
 * running instance asks it over HTTP instead.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

function fileOf(dataFolder: string): string {
  return join(dataFolder, 'instance.json');
}
