/** `kpi run`: the collector and the engine's HTTP service, until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

import { hashToken, type TokenRule, type Tokens } from '@kpi-monitor/engine/http/access';
import { createServer, type Server, type Tls } from '@kpi-monitor/engine/http/server';
import { KpiError } from '@kpi-monitor/model/errors';
import pino from 'pino';

import { calendarOf } from '../compose/calendar';
import { openHouse } from '../compose/house';
import { announceInstance, refuseWhileHeld } from '../compose/instance';
import { type LoadedConfig, readConfig } from '../config/read';
import { redact } from '../config/secrets';
import { tokenRules, tokensOf } from '../config/tokens';
import { watchedConfig } from '../config/watched';
import { collectorRoutes } from '../http/collector-routes';
import { hookRoutes } from '../http/hook-routes';
import { pushRoutes } from '../http/push-routes';

import type { CommonOptions, Output } from './options';

export interface RunOptions extends CommonOptions {
  host?: string;
  port?: string;
}

/**
 * Resolves once a signal has ended it.
 * @throws KpiError for what keeps it from starting: configuration, secrets, catalogue, store, port
 */
export async function run(options: RunOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const host = options.host ?? config.http.host;
  const port = options.port === undefined ? config.http.port : portOf(options.port);
  const tls = tlsOf(config);
  await refuseWhileHeld(config);
  const errors = pino.destination(2);
  const log = pino({ level: config.log }, { write: (line: string) => errors.write(redact(line)) });
  const calendar = calendarOf(config);
  const current = watchedConfig(config, options, { check: (next) => void tokenRules(next, calendar), log });
  const tokens = tokensOf(current, calendar);
  const house = await openHouse(config, { version, log, worker: workerFile(), current });
  // Programs of the same user may read and replay without being given a token of their own.
  const own = randomBytes(24).toString('base64url');
  const sameUser: TokenRule = { name: 'same user', sha256: hashToken(own), scopes: ['read', 'push'] };
  const asked: Tokens | null = tokens().length > 0 ? () => [...tokens(), sameUser] : null;
  try {
    const server = await createServer({
      engine: house.engine,
      metrics: house.metrics,
      takesValues: house.intake.takes,
      version,
      tokens: asked,
      async more(app) {
        const perMinute = config.http.pushes_per_minute;
        await app.register(pushRoutes, { receiver: house.receiver, tokens: asked, perMinute });
        await app.register(hookRoutes, { hooks: house.hooks, perMinute });
        await app.register(collectorRoutes, { house, tokens: asked });
      },
      host,
      port,
      tls,
      log: { level: config.log, to: { write: (line) => void process.stdout.write(redact(line)) } },
    });
    const ended = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    try {
      const url = await server.listen().catch((error: unknown) => {
        throw unheard(error, host, port);
      });
      const inside = tls ? await listenInside(server) : null;
      const withdraw = announceInstance(config.dataFolder, {
        pid: process.pid,
        url: inside?.url ?? url,
        ...(asked && { token: own }),
      });
      out.line(`KPI Monitor collects ${house.catalogue.name} into ${house.store.name} and answers at ${url}`);
      await house.engine.handling.watch();
      house.collector.start();
      house.foresight.start();
      house.scoring.start();
      house.notes.start();
      house.watch.start();
      await ended;
      withdraw();
      inside?.close();
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

/** @throws KpiError CONFIG_FILE */
function tlsOf({ http: { tls }, folder }: LoadedConfig): Tls | undefined {
  const file = (what: string, name: string) => {
    try {
      return readFileSync(resolve(folder, name));
    } catch {
      throw new KpiError('CONFIG_FILE', `the ${what} ${name} of \`http.tls\` cannot be read`, { name });
    }
  };
  return tls && { cert: file('certificate', tls.certificate), key: file('key', tls.key) };
}

/** Commands on this machine know no name that the certificate is for; on loopback they need none. */
async function listenInside({ app }: Server): Promise<{ url: string; close(): void }> {
  const plain = createPlainServer((request, response) => app.routing(request, response));
  await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(plain.address() as AddressInfo).port}`,
    close() {
      plain.close();
      plain.closeAllConnections();
    },
  };
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
