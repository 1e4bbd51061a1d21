import { utimesSync } from 'node:fs';
import { join } from 'node:path';

import { SILENT } from '@kpi-monitor/collector/log';

import { type TestFolder, testFolder } from '../../test/folder';

import { readConfig } from './read';
import { watchedConfig } from './watched';

let folder: TestFolder;
let logged: string[];
let time = Date.now();
beforeEach(() => {
  folder = testFolder({ 'kpis/.keep': '', 'other/.keep': '' });
  logged = [];
});
afterEach(() => folder.remove());

let saved = 0;
function save(text: string) {
  const file = folder.write('kpi-monitor.yaml', text);
  // Two within one tick of the disk's clock are told apart.
  utimesSync(file, new Date(), new Date(1e12 + 1000 * ++saved));
}
const watched = (given: { catalogue?: string; shard?: string } = {}) => {
  const wanted = { config: join(folder.path, 'kpi-monitor.yaml'), ...given };
  return watchedConfig(readConfig(wanted), wanted, {
    log: { ...SILENT, warn: (_, message) => logged.push(message), error: (_, message) => logged.push(message) },
    clock: () => (time += 2000),
  });
};
const LAKE = 'connections: { lake: { kind: duckdb, path: lake.duckdb } }\n';

it('takes up connections, and says what waits for the next start', () => {
  save('zone: Europe/Berlin\n');
  const current = watched();
  expect(current().connections).toEqual({});
  save(`zone: Europe/Paris\njournal: { max_age: 3d }\n${LAKE}`);
  expect(current().connections).toEqual({ lake: { kind: 'duckdb', path: join(folder.path, 'lake.duckdb') } });
  expect(current().zone).toBe('Europe/Berlin');
  expect(logged).toEqual(['kpi-monitor.yaml has changed: zone, journal take effect at the next start']);
});

it('says nothing of what the command was given instead', () => {
  save('zone: Europe/Berlin\nstore: { kind: influxdb, url: "http://127.0.0.1:1", token: none }\n');
  const current = watched({ catalogue: join(folder.path, 'other'), shard: '1/2' });
  save(`zone: Europe/Berlin\nstore: { kind: influxdb, url: "http://127.0.0.1:1", token: none }\n${LAKE}`);
  expect(current()).toMatchObject({ connections: { lake: {} }, catalogueFolder: join(folder.path, 'other') });
  expect(current().shard).toEqual({ index: 0, of: 2 });
  expect(logged).toEqual([]);
});

it('stays as it was while the file holds a mistake or is gone, and goes on when it is mended', () => {
  save(LAKE);
  const current = watched();
  save(`${LAKE}connection: {}\n`);
  expect(Object.keys(current().connections)).toEqual(['lake']);
  expect(current()).toBe(current());
  expect(logged).toEqual([expect.stringMatching(/^kpi-monitor.yaml stays as it was: .*:2 /)]);
  save('');
  expect(current().connections).toEqual({});
});
