import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { defineSource } from '@kpi-monitor/collector/own-source';
import { z } from 'zod';

export default defineSource({
  schema: z.strictObject({ file: z.string() }),
  async *read({ from, to, options, folder, zone, signal }) {
    const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    const counts = new Map<string, number>();
    const lines = createInterface(createReadStream(join(folder, options.file), { signal }));
    for await (const line of lines) {
      const [time, channel] = line.split(' ');
      const day = dayOf.format(new Date(time!));
      if (day >= from && day < to) {
        const key = `${day} ${channel}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const [key, value] of counts) {
      const [period, channel] = key.split(' ');
      yield { period: period!, value, channel };
    }
  },
});
