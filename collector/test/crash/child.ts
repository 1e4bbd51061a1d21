/**
 * A process that takes points until it is killed: it says `a <id>` once a point is safe, and delivers to the InfluxDB at
 * the given address.
 *
 *     node child.mjs FOLDER URL FIRST_ID [drain]     drain: take one more point, and end once all is delivered
 */
import { writeSync } from 'node:fs';

import { createInfluxStore } from '@kpi-monitor/store/influx/influx-store';

import { createDelivery } from '../../src/journal/delivery';
import { openJournal } from '../../src/journal/journal';
import { SILENT } from '../../src/log';

const [folder, url, first, mode] = process.argv.slice(2);
const store = createInfluxStore({ url: url!, token: 't', bucket: 'kpi', metaBucket: 'kpi_meta', timeoutMs: 150 });
const journal = await openJournal({ folder: folder!, segmentBytes: 20_000 });
const delivery = createDelivery({
  ...{ journal, store, log: SILENT, clock: Date.now, firstPause: 20 },
  onRefused: async () => {},
  isRestatement: () => false,
});
delivery.start();
let id = Number(first);
const take = async () => {
  const mine = id++;
  const at = Date.now();
  await journal.append({ kind: 'points', at, points: [{ kpi: 'k', v: 1, dims: {}, time: mine, value: mine }] });
  writeSync(1, `a ${mine}\n`);
};
if (mode === 'drain') {
  await take();
  while (journal.state().entries > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await delivery.stop();
  await journal.close();
} else {
  const forever = async () => {
    for (;;) {
      await take();
    }
  };
  await Promise.all([forever(), forever(), forever(), forever()]);
}
