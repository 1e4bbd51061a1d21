/** Fitted forecasts in the data folder, a file each: they can all be made again, so a file that cannot be read is none. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FitShelf, ShelvedFit } from '@kpi-monitor/engine/forecasting/fits';

/** @param folder is made when the first fit is saved */
export function createForecastShelf(folder: string): FitShelf {
  // Names hold members of dimensions, which may hold anything.
  const pathOf = (name: string) => join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`);
  return {
    async load(name) {
      try {
        const text = await readFile(pathOf(name), 'utf8');
        const shelved = JSON.parse(text, revived) as ShelvedFit & { name: string };
        return shelved.name === name ? shelved : null;
      } catch {
        return null;
      }
    },
    async save(name, fit) {
      await mkdir(folder, { recursive: true });
      const path = pathOf(name);
      const draft = `${path}.${process.pid}`;
      await writeFile(draft, JSON.stringify({ name, ...fit }, plain), { mode: 0o600 });
      await rename(draft, path);
    },
  };
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Float64Array ? { numbers: [...value] } : value;
}

function revived(_: string, value: unknown): unknown {
  const numbers = (value as { numbers?: unknown } | null)?.numbers;
  return Array.isArray(numbers) ? Float64Array.from(numbers as number[]) : value;
}
