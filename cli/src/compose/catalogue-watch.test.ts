import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SILENT } from '@kpi-monitor/collector/log';
import type { Connections } from '@kpi-monitor/collector/sources/connection';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { pause, until as cameAbout } from '../../../tests/support/until';
import { type TestFolder, testFolder } from '../../test/folder';

import { readCatalogueFolder } from './catalogue-folder';
import { type CatalogueWatch, createCatalogueWatch } from './catalogue-watch';

const kpi = (id: string, name = id) =>
  `id: ${id}\nname: ${name}\ncategory: sales\nkind: flow\nsource: { kind: push }\n`;
let folder: TestFolder;
let watch: CatalogueWatch;
let current: Catalogue;
/** the names of each catalogue that was gone over to */
let taken: string[][];
let logged: string[];
let connections: Connections;

const path = (name: string) => join(folder.path, name);
const names = (catalogue: Catalogue) => [...catalogue.byId.values()].map(({ name }) => name);

function begin(every = 60_000, exchange?: () => never): void {
  folder = testFolder({ 'one.yaml': kpi('one'), 'two.yaml': kpi('two') });
  current = readCatalogueFolder(folder.path, 1).catalogue!;
  taken = [];
  logged = [];
  connections = {};
  const calendar = createCalendar({});
  watch = createCatalogueWatch({
    ...{ folder: folder.path, fiscalYearStart: 1, current: () => current, clock: Date.now, every, settle: 60 },
    sources: () => ({
      ...{ calendar, clock: Date.now, catalogueFolder: folder.path, connections, resolve: (text) => text },
    }),
    log: { ...SILENT, error: (_, message) => logged.push(message), info: (_, message) => logged.push(message) },
    exchange(next) {
      exchange?.();
      current = next;
      taken.push(names(next));
      return { begun: [], ended: [] };
    },
  });
  watch.start();
}
afterEach(async () => {
  await watch.stop();
  folder.remove();
});

const until = (condition: () => boolean) =>
  cameAbout(() => `there is ${JSON.stringify([taken, watch.state(), logged])}; what was waited for`, condition);
const still = () => pause(300);

test('an added, a changed and a removed file are taken up, however an editor writes them', async () => {
  begin();
  writeFileSync(path('three.yaml'), kpi('three'));
  await until(() => taken.length === 1);
  expect(names(current)).toEqual(['one', 'three', 'two']);
  writeFileSync(path('.one.yaml.swp'), 'id: [');
  writeFileSync(path('one.yaml~'), 'id: [');
  writeFileSync(path('one.tmp'), kpi('one', 'Renamed'));
  renameSync(path('one.tmp'), path('one.yaml'));
  await until(() => names(current).includes('Renamed'));
  rmSync(path('two.yaml'));
  await until(() => names(current).length === 2);
  mkdirSync(path('deeper'));
  writeFileSync(path('deeper/four.yaml'), kpi('four'));
  await until(() => names(current).includes('four'));
  expect(watch.state().problems).toEqual([]);
});

test('a file that is written in parts is never taken half, nor are two files one by one', async () => {
  begin();
  const text = kpi('three', 'Three').concat('# '.padEnd(40, 'x'), '\n');
  for (let at = 0; at < text.length; at += 12) {
    appendFileSync(path('three.yaml'), text.slice(at, at + 12));
    await pause(15);
  }
  writeFileSync(path('four.yaml'), kpi('four'));
  await until(() => taken.length > 0);
  await still();
  expect(taken).toHaveLength(1);
  expect(taken[0]!.slice().sort()).toEqual(['Three', 'four', 'one', 'two']);
  expect(logged).toEqual(['the catalogue has changed, and is taken up']);
});

test('a mistake keeps the whole as it was, is said once with its place, and goes with the next good save', async () => {
  begin();
  writeFileSync(path('one.yaml'), kpi('one', 'Renamed'));
  writeFileSync(path('two.yaml'), 'id: two\nname: [\n');
  await until(() => watch.state().problems.length > 0);
  expect(watch.state().problems[0]).toMatch(/^KPI_FILE_SYNTAX .*two\.yaml:\d/);
  writeFileSync(path('three.yaml'), kpi('three'));
  await still();
  expect(names(current)).toEqual(['one', 'two']);
  expect(logged.filter((message) => message.startsWith('the catalogue stays as it was'))).toHaveLength(1);
  writeFileSync(path('two.yaml'), kpi('two'));
  await until(() => taken.length === 1);
  expect(taken[0]!.slice().sort()).toEqual(['Renamed', 'three', 'two']);
  expect(watch.state().problems).toEqual([]);
  expect(logged.at(-1)).toBe('the catalogue is mended');
});

test('taking a mistake back, without any other change, mends it, too', async () => {
  begin();
  rmSync(path('two.yaml'));
  writeFileSync(path('one.yaml'), 'nothing');
  await until(() => watch.state().problems.length > 0);
  writeFileSync(path('one.yaml'), kpi('one'));
  writeFileSync(path('two.yaml'), kpi('two'));
  await until(() => watch.state().problems.length === 0);
  expect(taken).toEqual([]);
});

test('a source that cannot work is a mistake like any other; a file that is not there yet is none', async () => {
  begin();
  const source = (text: string) => kpi('one').replace('{ kind: push }', text);
  writeFileSync(path('one.yaml'), source("{ kind: http, url: 'http://127.0.0.1', map: '$[' }"));
  await until(() => watch.state().problems.length > 0);
  expect(watch.state().problems[0]).toMatch(/^KPI_SOURCE .*one\.yaml .*mapping/);
  writeFileSync(path('one.yaml'), source('{ kind: csv, path: later.csv, period: a, value: b }'));
  await until(() => taken.length === 1);
  expect(watch.state().problems).toEqual([]);
});

test('a KPI whose connection is written after it is taken up then; so is another state of the connection', async () => {
  begin(50);
  writeFileSync(
    path('one.yaml'),
    kpi('one').replace('{ kind: push }', '{ kind: sql, connection: till, query: "select 1" }')
  );
  await until(() => watch.state().problems.length > 0);
  expect(watch.state().problems[0]).toMatch(/^KPI_SOURCE .*one\.yaml .*no connection `till`/);
  connections = { till: { kind: 'sqlite', path: path('till.db') } };
  await until(() => taken.length === 1);
  expect(watch.state().problems).toEqual([]);
  connections = { till: { kind: 'sqlite', path: path('other.db') } };
  await until(() => taken.length === 2);
});

test('what refuses to go over stays, and says why', async () => {
  begin(60_000, () => {
    throw new Error('no room');
  });
  writeFileSync(path('three.yaml'), kpi('three'));
  await until(() => watch.state().problems.length > 0);
  expect(watch.state().problems).toEqual(['INTERNAL no room']);
});

test('a folder that is gone keeps the last catalogue; looking now and then finds it again', async () => {
  begin(50);
  renameSync(folder.path, `${folder.path}-away`);
  await until(() => watch.state().problems.length > 0);
  expect(names(current)).toEqual(['one', 'two']);
  renameSync(`${folder.path}-away`, folder.path);
  await until(() => watch.state().problems.length === 0);
  // Nobody tells of changes in it any more.
  writeFileSync(path('three.yaml'), kpi('three'));
  await until(() => taken.length === 1);
});
