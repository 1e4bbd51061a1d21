/** Grafana's addresses of the one data source, as its Go backend would answer for the engine. */
import type { Engine } from '@kpi-monitor/engine/engine';
import { asKpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';

export const DATASOURCE = { uid: 'kpi', name: 'KPI Monitor', type: 'kpimonitor-kpi-datasource', isDefault: true };

const RESOURCES = `/api/datasources/uid/${DATASOURCE.uid}/resources/`;

/** Calls of the data source's resources are those of the engine's API. Fastify takes this as `rewriteUrl`. */
export function rewriteResources({ url = '/' }: { url?: string }): string {
  return url.startsWith(RESOURCES) ? `/api/${url.slice(RESOURCES.length)}` : url;
}

export function datasourceRoutes(app: FastifyInstance, { engine }: { engine: Engine }): void {
  app.get(`/api/datasources/uid/${DATASOURCE.uid}/health`, async (_request, reply) => {
    try {
      const { message, details } = await engine.health();
      return { status: 'OK', message, details };
    } catch (thrown) {
      const { status, body } = asKpiError(thrown);
      return reply.status(status).send({ status: 'ERROR', message: `${body.code}: ${body.message}` });
    }
  });
}
