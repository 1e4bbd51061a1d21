/** A real PostgreSQL server for one test file, on a free port of loopback. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Client } from 'pg';

import { answers, freePort } from '../../tests/support/program';

export interface Postgres {
  /** with user and password */
  url: string;
  run(sql: string): Promise<void>;
  /** ends the server at once, as a crash does */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'not-a-secret';

/** @param program the path of `postgres`; `initdb` lies beside it */
export async function startPostgres(program: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-postgres-'));
  const data = join(folder, 'data');
  const owner = unprivileged();
  if (owner) {
    chownSync(folder, owner.uid, owner.gid);
  }
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const made = spawnSync(
    join(dirname(program), 'initdb'),
    [
      '-D',
      data,
      '-U',
      'kpi',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...owner, cwd: folder, encoding: 'utf8' }
  );
  if (made.status !== 0) {
    throw new Error(`initdb: ${made.stderr}`);
  }
  const port = await freePort();
  const url = `postgres://kpi:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const begin = async () => {
    const child = spawn(
      program,
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
      { ...owner, cwd: folder, stdio: 'ignore' }
    );
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await answers('postgres', child, () => connects(url));
    return { child, ended };
  };
  let server = await begin();
  const end = async (signal: NodeJS.Signals) => {
    server.child.kill(signal);
    await server.ended;
  };
  return {
    url,
    async run(sql) {
      const client = new Client(url);
      await client.connect();
      await client.query(sql).finally(() => client.end());
    },
    kill: () => end('SIGQUIT'),
    async restart() {
      server = await begin();
    },
    async stop() {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const user = ['postgres', 'nobody'].find((name) => spawnSync('id', [name]).status === 0)!;
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function connects(url: string): Promise<boolean> {
  const client = new Client(url);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
