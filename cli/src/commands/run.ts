/** `kpi run`: the collector and the engine's HTTP service, until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';

import { hashToken, type TokenRule } from '@kpi-monitor/engine/http/access';
import { createServer } from '@kpi-monitor/engine/http/server';
import { KpiError } from '@kpi-monitor/model/errors';
import pino from 'pino';

import { openHouse } from '../compose/house';
import { announceInstance, refuseWhileHeld } from '../compose/instance';
import { type LoadedConfig, readConfig } from '../config/read';
import { collectorRoutes } from '../http/collector-routes';
import { pushRoutes } from '../http/push-routes';

import type { CommonOptions, Output } from './options';

export interface RunOptions extends CommonOptions {
  host?: string;
  port?: string;
}

const SHORTEST_TOKEN = 16;

/**
 * Resolves once a signal has ended it.
 * @throws KpiError for what keeps it from starting: configuration, secrets, catalogue, store, port
 */
export async function run(options: RunOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const host = options.host ?? config.http.host;
  const port = options.port === undefined ? config.http.port : portOf(options.port);
  const tokens = tokenRules(config);
  await refuseWhileHeld(config);
  const log = pino({ level: config.log }, pino.destination(2));
  const house = await openHouse(config, { version, log, worker: workerFile() });
  // Programs of the same user may read without being given a token of their own.
  const own = randomBytes(24).toString('base64url');
  const asked: TokenRule[] | null =
    tokens.length > 0 ? [...tokens, { name: 'same user', sha256: hashToken(own), scopes: ['read'] }] : null;
  try {
    const server = await createServer({
      engine: house.engine,
      metrics: house.metrics,
      version,
      tokens: asked,
      async more(app) {
        await app.register(pushRoutes, { receiver: house.receiver, tokens: asked });
        await app.register(collectorRoutes, { house, tokens: asked });
      },
      host,
      port,
      log: { level: config.log },
    });
    const ended = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    try {
      const url = await server.listen().catch((error: unknown) => {
        throw unheard(error, host, port);
      });
      const withdraw = announceInstance(config.dataFolder, {
        pid: process.pid,
        url,
        ...(tokens.length > 0 && { token: own }),
      });
      out.line(`KPI Monitor collects ${house.catalogue.name} into ${house.store.name} and answers at ${url}`);
      await house.engine.handling.watch();
      house.collector.start();
      house.foresight.start();
      await ended;
      withdraw();
    } finally {
      await server.close();
    }
  } finally {
    await house.close();
  }
  return 0;
}

/** Beside the bundled command; none where it runs from its sources. */
function workerFile(): URL | undefined {
  const file = new URL('./worker.mjs', import.meta.url);
  return existsSync(file) ? file : undefined;
}

function tokenRules(config: LoadedConfig): TokenRule[] {
  return config.tokens.map(({ name, token, scopes }) => {
    const secret = config.resolve(token);
    if (secret.length < SHORTEST_TOKEN) {
      const message = `the token of \`${name}\` has ${secret.length} characters; give it ${SHORTEST_TOKEN} or more, at random`;
      throw new KpiError('CONFIG_SECRET', message, { name });
    }
    return { name, sha256: hashToken(secret), scopes };
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new KpiError('CONFIG_FILE', `--port ${text} is no port; give a number from 0 (any free one) to 65535`);
  }
  return port;
}

function unheard(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is taken; choose another by --port`,
    EACCES: `this user may not listen on port ${port}; choose one above 1023 by --port`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; choose another by --host`,
    ENOTFOUND: `${host} is not an address of this machine; choose another by --host`,
  };
  return code && reasons[code] ? new KpiError('CONFIG_FILE', reasons[code], { host, port }) : error;
}
