/** The engine's own server. */
import type { AddressInfo } from 'node:net';

import { KpiError } from '@kpi-monitor/model/errors';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import pino, { type DestinationStream, type Level } from 'pino';

import type { Engine } from '../engine';
import type { Metrics } from '../metrics';

import type { Tokens } from './access';
import { answerErrors } from './errors';
import { guardHosts } from './guard';
import { engineRoutes, refuseTheRest } from './routes';

export interface ServerOptions {
  engine: Engine;
  version: string;
  /** see `RoutesOptions` */
  takesValues?: () => boolean;
  /** null asks for none, which is allowed on loopback alone */
  tokens: Tokens | null;
  /** default 127.0.0.1 */
  host?: string;
  /** default 8484; 0 takes a free one */
  port?: number;
  /** answers https alone */
  tls?: Tls;
  /** host names that are answered to; any when absent */
  hosts?: readonly string[];
  metrics?: Metrics;
  /** what else is answered here, behind the same host check */
  more?: (app: FastifyInstance) => Promise<void>;
  log?: { level?: Level | 'silent'; to?: DestinationStream };
}

/** A certificate, with those between it and its authority, and its key; PEM. */
export interface Tls {
  cert: Buffer;
  key: Buffer;
}

export interface Server {
  app: FastifyInstance;
  /** Listens and gives the address, `http://127.0.0.1:8484`. @throws Error of the certificate, or of the port */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** @throws KpiError ACCESS_TOKEN when it would listen beyond loopback without tokens */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { host = '127.0.0.1', port = 8484, tokens, hosts, log, tls } = options;
  if (!tokens && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new KpiError(
      'ACCESS_TOKEN',
      `the engine listens on ${host} only with tokens; set one, or listen on 127.0.0.1`
    );
  }
  const app = fastify({
    loggerInstance: createLog(log),
    bodyLimit: options.engine.limits.body,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    ...(tls && { https: { ...tls, minVersion: 'TLSv1.2' } }),
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    request.log.info(
      {
        method,
        path: url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        client: request.caller?.client,
        user: request.caller?.user,
      },
      'answered'
    );
  });
  answerErrors(app);
  refuseTheRest(app);
  if (hosts) {
    guardHosts(app, hosts);
  }
  await app.register(engineRoutes, options);
  if (options.more) {
    await app.register(options.more);
  }
  await app.ready();
  return {
    app,
    async listen() {
      await app.listen({ host, port });
      const { address, port: taken, family } = app.server.address() as AddressInfo;
      return `${tls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
    },
    close: () => app.close(),
  };
}

/** Writes JSON lines; what could be a secret is never written. */
function createLog({ level = 'info', to }: NonNullable<ServerOptions['log']> = {}): FastifyBaseLogger {
  const redact = ['authorization', 'token', 'password', '*.authorization', '*.token', '*.password', 'req.headers'];
  return pino({ level, redact }, to ?? pino.destination(1));
}
