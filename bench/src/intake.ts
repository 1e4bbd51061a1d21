/** The process that `journal` watches: takes pushes over HTTP as `kpi run` does, and says how it goes each half second. */
import { fastify } from 'fastify';

import { openHouse } from '@kpi-monitor/cli/compose/house';
import { readConfig } from '@kpi-monitor/cli/config/read';
import { pushRoutes } from '@kpi-monitor/cli/http/push-routes';

export interface IntakeSample {
  url: string;
  /** entries that wait for the store, and bytes on the disk */
  waiting: number;
  bytes: number;
  /** points that the store took */
  delivered: number;
  /** MB */
  rss: number;
  /** milliseconds of CPU so far */
  cpu: number;
}

const house = await openHouse(readConfig({ config: process.argv[2] }), { version: 'bench' });
const app = fastify({ forceCloseConnections: true });
await app.register(pushRoutes, { receiver: house.receiver, tokens: null });
const url = await app.listen({ host: '127.0.0.1', port: 0 });

const sample = (): IntakeSample => {
  const value = (name: string) => house.intake.counters().find((one) => one.name === `kpi_journal_${name}`)!.value;
  const { user, system } = process.cpuUsage();
  return {
    ...{ url, waiting: value('entries'), bytes: value('bytes'), delivered: value('delivered_total') },
    ...{ rss: process.memoryUsage().rss / 2 ** 20, cpu: (user + system) / 1000 },
  };
};
process.send!(sample());
const timer = setInterval(() => process.send!(sample()), 500);
process.once('disconnect', () => process.exit());
process.once('message', async () => {
  clearInterval(timer);
  await app.close();
  await house.close();
  process.exit();
});
