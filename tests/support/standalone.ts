/** Standalone as a person starts it: the built server in a process of its own, on a free port, with its own data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { pause } from './until';

/** Tests and benchmarks are run from the repository's root, as npm does. */
export const ROOT = process.cwd();
const SERVER = join(ROOT, 'standalone/dist/server.mjs');

export interface Standalone {
  url: string;
  /** everything that it said */
  said: () => string;
  /** Resolves when the first reading of all history is done. */
  collected(): Promise<void>;
  /** Ends it as Ctrl+C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

export interface Start {
  /** folder of KPI files, absolute or relative to the root */
  catalogue?: string;
  /** the business zone; default UTC */
  zone?: string;
  /** country of its holidays */
  holidays?: string;
  /** folder of alert rule files, instead of those in `provisioning/alerting` */
  rules?: string;
  args?: string[];
  env?: Record<string, string>;
}

/** @throws Error with what it said, when it ends before it serves */
export async function startStandalone(start: Start = {}): Promise<Standalone> {
  const { catalogue = 'kpis', zone = 'UTC', holidays, rules, args = [], env = {} } = start;
  const folder = mkdtempSync(join(tmpdir(), 'kpi-standalone-'));
  const config = join(folder, 'kpi-monitor.yaml');
  const calendar = holidays ? `calendar: { holidays: ${holidays} }\n` : '';
  const alerts = rules ? `rules: ${resolve(ROOT, rules)}\n` : '';
  writeFileSync(config, `version: 1\ncatalogue: ${resolve(ROOT, catalogue)}\nzone: ${zone}\n${calendar}${alerts}`);
  const child = spawn(process.execPath, [SERVER, '--port', '0', '--config', config, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  // All that it said has been read by then; when it exits, its last words may still be on their way.
  const ended = new Promise<number | null>((done) => child.once('close', done));
  void ended.then(() => rmSync(folder, { recursive: true, force: true }));

  const url = await Promise.race([
    address(child, () => said),
    ended.then((code) => Promise.reject(new Error(`standalone ended with ${code}: ${said}`))),
  ]);
  return {
    url,
    said: () => said,
    async collected() {
      for (;;) {
        const answer = await fetch(`${url}/api/collection`);
        const { read, total } = (await answer.json()) as { read: number; total: number };
        if (read === total) {
          return;
        }
        await pause(200);
      }
    },
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

async function address(child: ChildProcess, said: () => string): Promise<string> {
  for (;;) {
    const found = /at (http:\/\/\S+)\s/.exec(said());
    if (found) {
      return found[1]!;
    }
    await new Promise((next) => child.stdout!.once('data', next));
  }
}
