/**
 * How collecting goes, for the page: whether the first reading of all history is done, which sources fail, and what is
 * wrong with the catalogue's newest state.
 */
import type { House } from '@kpi-monitor/cli/compose/house';
import type { FastifyInstance } from 'fastify';

import type { Collection } from '../src/services/collection';

export function collectionRoutes(app: FastifyInstance, { house }: { house: Pick<House, 'collector' | 'watch'> }): void {
  const { collector, watch } = house;
  app.get('/api/collection', async (): Promise<Collection> => {
    const sources = collector.status();
    return {
      total: sources.length,
      read: sources.filter(({ lastRead }) => lastRead !== null).length,
      catalogueProblems: watch.state().problems,
      failing: sources.flatMap(({ kpi, source, lastError }) => (lastError ? [{ kpi, source, ...lastError }] : [])),
    };
  });
}
