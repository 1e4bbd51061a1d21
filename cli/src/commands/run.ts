/** `kpi run`: the collector and the engine's HTTP service, until it is told to stop. */
import { randomBytes } from 'node:crypto';

import { hashToken, type TokenRule } from '@kpi-monitor/engine/http/access';
import { createServer } from '@kpi-monitor/engine/http/server';
import pino from 'pino';

import { openHouse } from '../compose/house';
import { announceInstance } from '../compose/instance';
import { readConfig } from '../config/read';

import type { CommonOptions, Output } from './options';

export interface RunOptions extends CommonOptions {
  host?: string;
  port?: string;
}

/** Resolves once a signal has ended it. */
export async function run(options: RunOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const host = options.host ?? config.http.host;
  const port = options.port === undefined ? config.http.port : Number(options.port);
  const log = pino({ level: config.log }, pino.destination(2));
  const house = await openHouse(config, { version, log });
  // Programs of the same user may read without being given a token of their own.
  const own = randomBytes(24).toString('base64url');
  const tokens: TokenRule[] = config.tokens.map(({ name, token, scopes }) => ({
    name,
    sha256: hashToken(token),
    scopes,
  }));
  const server = await createServer({
    engine: house.engine,
    metrics: house.metrics,
    version,
    tokens: tokens.length > 0 ? [...tokens, { name: 'same user', sha256: hashToken(own), scopes: ['read'] }] : null,
    host,
    port,
    log: { level: config.log },
  }).catch(async (error: unknown) => {
    await house.close();
    throw error;
  });
  const url = await server.listen();
  const withdraw = announceInstance(config.dataFolder, {
    pid: process.pid,
    url,
    ...(tokens.length > 0 && { token: own }),
  });
  out.line(`KPI Monitor collects ${house.catalogue.name} into ${house.store.name} and answers at ${url}`);
  house.collector.start();
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  withdraw();
  await server.close();
  await house.close();
  return 0;
}
