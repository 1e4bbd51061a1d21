/**
 * One process a journal. The lock is a socket that the process listens on: it goes with the process, however that ends,
 * and no process number can be mistaken for another's.
 */
import { createHash } from 'node:crypto';
import { mkdir, realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';

/** A socket's path may have about this many bytes. */
const LONGEST_PATH = 100;

/** @throws KpiError JOURNAL_LOCKED */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = await socketPath(folder);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(path);
    if (server) {
      return () => new Promise((resolve) => server.close(() => resolve()));
    }
    if (await answers(path)) {
      break;
    }
    // Left behind by a process that was killed.
    await unlink(path).catch(() => {});
  }
  const message = `another process writes the journal in ${folder}; stop it, or give this one a \`data\` folder of its own`;
  throw new KpiError('JOURNAL_LOCKED', message, { folder });
}

async function socketPath(folder: string): Promise<string> {
  const real = await realpath(folder);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\kpi-journal-${digest(real)}`;
  }
  const inside = join(real, 'lock');
  return Buffer.byteLength(inside) <= LONGEST_PATH ? inside : join(tmpdir(), `kpi-journal-${digest(real)}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function listen(path: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error)
    );
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
