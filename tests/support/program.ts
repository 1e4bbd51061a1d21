/** Programs that a test starts: the port that they listen at, and whether they answer. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { until } from './until';

/**
 * A loopback port that nothing listens at. It lies below those that systems give out by themselves: else a connection or
 * server of another test may take it before the program does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false
    );
    if (isFree) {
      server.close();
      await once(server, 'close');
      return port;
    }
  }
}

/** @throws Error when the program ends before it answers */
export async function answers(name: string, child: ChildProcess, look: () => Promise<unknown> | unknown) {
  await until(`an answer of ${name}`, () => {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode} before it answered`);
    }
    return look();
  });
}
