/** What the evaluator remembers over a restart: the states of all instances, and messages that are still to be sent. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Instance } from '@kpi-monitor/model/alerting/instance';
import { z } from 'zod';

import type { Letter } from './letter';

export interface Remembered {
  /** by uid of the rule */
  states: Record<string, Instance[]>;
  outbox: Letter[];
}

export interface Memory {
  /** What a program before this one left; nothing when there is no file, or none that can be read. */
  load(): Promise<{ remembered: Remembered; problem: string }>;
  /** Saves are in order, each whole or not at all. */
  save(remembered: Remembered): Promise<void>;
}

/** Its inside is our own; a file that somebody else wrote is recognised by the outside. */
const form = z.object({
  version: z.literal(1),
  states: z.record(z.string(), z.array(z.looseObject({ key: z.string(), state: z.string(), startsAt: z.number() }))),
  outbox: z.array(z.looseObject({ id: z.string(), channel: z.string() })),
});

/** @param path `.kpi/alerting/states.json` */
export function createMemory(path: string): Memory {
  let turn = Promise.resolve();
  const write = async (text: string) => {
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, path);
  };
  return {
    async load() {
      const nothing = { states: {}, outbox: [] };
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text === null) {
        return { remembered: nothing, problem: '' };
      }
      try {
        const { states, outbox } = form.parse(JSON.parse(text));
        return { remembered: { states, outbox } as unknown as Remembered, problem: '' };
      } catch {
        await rename(path, `${path}.unreadable`).catch(() => undefined);
        return {
          remembered: nothing,
          problem: `${path} cannot be read: states begin anew, and the file is kept as ${path}.unreadable`,
        };
      }
    },
    save(remembered) {
      const text = JSON.stringify({ version: 1, ...remembered });
      turn = turn.catch(() => undefined).then(() => write(text));
      return turn;
    },
  };
}
