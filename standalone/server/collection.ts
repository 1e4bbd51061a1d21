/** How collecting goes, for the page: whether the first reading of all history is done, and which sources fail. */
import type { Collector } from '@kpi-monitor/collector/collector';
import type { FastifyInstance } from 'fastify';

import type { Collection } from '../src/services/collection';

export function collectionRoutes(app: FastifyInstance, { collector }: { collector: Pick<Collector, 'status'> }): void {
  app.get('/api/collection', async (): Promise<Collection> => {
    const sources = collector.status();
    return {
      total: sources.length,
      read: sources.filter(({ lastRead }) => lastRead !== null).length,
      failing: sources.flatMap(({ kpi, source, lastError }) => (lastError ? [{ kpi, source, ...lastError }] : [])),
    };
  });
}
