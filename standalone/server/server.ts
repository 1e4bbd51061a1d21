/** One Fastify server with Grafana's own addresses: the engine's answers, dashboards, plugins and the page. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import compress from '@fastify/compress';
import type { House } from '@kpi-monitor/cli/compose/house';
import { collectorRoutes } from '@kpi-monitor/cli/http/collector-routes';
import { hookRoutes } from '@kpi-monitor/cli/http/hook-routes';
import { pushRoutes } from '@kpi-monitor/cli/http/push-routes';
import { answerErrors } from '@kpi-monitor/engine/http/errors';
import { engineRoutes } from '@kpi-monitor/engine/http/routes';
import { KpiError } from '@kpi-monitor/model/errors';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';

import type { Alerting } from '../alerting/alerting';
import { alertingRoutes } from '../alerting/routes';
import type { Facts } from '../src/boot/facts';

import { guard, isLoopback } from './access';
import { collectionRoutes } from './collection';
import { dashboardRoutes } from './dashboards';
import { DATASOURCE, datasourceRoutes, rewriteResources } from './datasource';
import { page } from './page';
import { findPlugins, pluginFacts, pluginFiles } from './plugins';

export interface ServerOptions {
  house: Omit<House, 'close'>;
  alerting: Alerting;
  version: string;
  /** the repository's root: `dashboards/`, `plugins/`, `standalone/dist/` are below it */
  root: string;
  host: string;
  /** asked of everybody when given; without one only loopback is served */
  token?: string;
  log: FastifyBaseLogger;
}

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { house, alerting, version, root, host, token, log } = options;
  const { engine, metrics, calendar } = house;
  const plugins = findPlugins(join(root, 'plugins'));
  const app = fastify({
    loggerInstance: log,
    logController: new fastify.LogController({ disableRequestLogging: true }),
    bodyLimit: engine.limits.body,
    forceCloseConnections: true,
    rewriteUrl: rewriteResources,
  });
  answerErrors(app);
  guard(app, { host, token });
  if (!isLoopback(host)) {
    // On this machine it would cost more than it saves. The page's own files are compressed already.
    await app.register(compress, { encodings: ['gzip'], threshold: 4096, customTypes: /json/ });
  }
  await app.register(pushRoutes, { receiver: house.receiver, tokens: null, lines: false });
  await app.register(hookRoutes, { hooks: house.hooks });
  await app.register(collectorRoutes, { house, tokens: null });
  await app.register(engineRoutes, {
    ...{ engine, metrics, version, tokens: null },
    takesValues: house.intake.takes,
  });
  // A catalogue may bring dashboards of its own.
  const folders = [join(root, 'dashboards'), join(house.config.catalogueFolder, 'dashboards')];
  dashboardRoutes(app, { folders, catalogue: () => house.catalogue });
  datasourceRoutes(app, { engine });
  collectionRoutes(app, { house });
  alertingRoutes(app, { alerting });
  await pluginFiles(app, { plugins });
  await page(app, {
    dist: join(root, 'standalone/dist'),
    facts: async (): Promise<Facts> => ({
      version,
      catalogue: {
        name: house.catalogue.name,
        demo: house.catalogue.demo,
        asOf: house.catalogue.as_of,
        now: (await engine.catalogue()).now,
      },
      weekStart: calendar.weekStart,
      locale: calendar.locale,
      plugins: pluginFacts(findPlugins(join(root, 'plugins'))),
      datasources: [DATASOURCE],
    }),
  });
  return app;
}

/**
 * Listens and gives the address to open.
 * @throws KpiError REQUEST_INVALID when the port is taken or the host is not this machine's
 */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new KpiError('REQUEST_INVALID', reasonOf(error as NodeJS.ErrnoException, host, port), undefined, {
      cause: error,
    });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${taken}`;
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is taken, perhaps by a KPI Monitor that runs already (open http://${host}:${port} to see); choose another: npm start -- --port ${port + 1}`;
    case 'EACCES':
      return `this user may not listen on port ${port}; choose one above 1023: npm start -- --port 3000`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine; leave --host out to serve this machine alone`;
    default:
      return message;
  }
}
