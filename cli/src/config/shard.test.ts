import { join } from 'node:path';

import { testFolder } from '../../test/folder';

import { readConfig } from './read';
import { commonFolder, instanceFolders } from './shard';

const INFLUX = "store: { kind: influxdb, url: 'http://127.0.0.1:1', token: none }\n";
const folder = testFolder({
  'kpis/one.yaml': '',
  'shared.yaml': INFLUX,
  'second.yaml': `${INFLUX}shard: { index: 1, of: 3 }\n`,
  'beyond.yaml': `${INFLUX}shard: { index: 3, of: 3 }\n`,
  'embedded.yaml': 'shard: { index: 0, of: 2 }\n',
  'data/shard-1/x': '',
  'data/shard-2/x': '',
  'data/forecasts/x': '',
});
afterAll(() => folder.remove());
const config = (name: string, shard?: string) => readConfig({ config: join(folder.path, name), shard });

test('each shard has a data folder of its own; a configuration without one sees them all', () => {
  expect(config('second.yaml')).toMatchObject({
    shard: { index: 1, of: 3 },
    dataFolder: join(folder.path, '.kpi/shard-2'),
  });
  expect(config('second.yaml', '1/4')).toMatchObject({
    shard: { index: 0, of: 4 },
    dataFolder: join(folder.path, '.kpi/shard-1'),
  });
  expect(config('shared.yaml', '1/1')).toMatchObject({ shard: undefined, dataFolder: join(folder.path, '.kpi') });
  expect(commonFolder(config('second.yaml'))).toBe(commonFolder(config('shared.yaml')));
  const dataFolder = join(folder.path, 'data');
  expect(instanceFolders({ dataFolder, shard: undefined })).toEqual(
    ['', 'shard-1', 'shard-2'].map((name) => join(dataFolder, name))
  );
});

test.each([
  ['shared.yaml', '4/3', '--shard 4/3 is none; write 1/3'],
  ['shared.yaml', '0/3', '--shard 0/3 is none'],
  ['shared.yaml', 'two', '--shard two is none'],
  ['beyond.yaml', undefined, 'index 3 is none of 3'],
  ['embedded.yaml', undefined, 'several collectors need a store that all of them reach: influxdb'],
])('%s, %s: %s', (name, shard, message) => {
  expect(() => config(name, shard)).toThrow(
    expect.objectContaining({ code: 'CONFIG_FILE', message: expect.stringContaining(message) })
  );
});
