/** `ready_when`: nothing is taken for the values of a period before its source says that they are complete. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import Database from 'libsql';

import { kpiFrom } from '../../test/catalogue';
import { httpService, json, type Service } from '../../test/http-service';
import { readAll } from '../../test/read-all';

import { createSource } from './create';
import { isYes } from './readiness';

const NOW = Date.UTC(2026, 5, 17, 12);
const WINDOW = { from: civil(2026, 6, 14), to: civil(2026, 6, 18) };
const BEFORE = { from: civil(2026, 6, 1), to: civil(2026, 6, 16) };
const NOT_READY = {
  code: 'SOURCE_NOT_READY',
  message: '16 Jun 2026 is not complete: `ready_when` is not true yet',
};

let folder: string;
let service: Service;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-ready-'));
  service = await httpService();
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const sourceOf = (source: string) =>
  createSource(kpiFrom(`kind: flow\nsource: { every: 10m, ${source} }`), {
    calendar: createCalendar({ zone: 'UTC' }),
    clock: () => NOW,
    catalogueFolder: folder,
    connections: { shop: { kind: 'sqlite', path: join(folder, 'shop.db') } },
    resolve: (text) => text,
  });

test('an answer over HTTP says until when it is complete', async () => {
  const source = sourceOf(`kind: http, url: "${service.base}", map: "[rows]", ready_when: "closed >= $from"`);
  const answer = (closed: string) => json({ closed, rows: [{ period: '2026-06-16', value: 1 }] });
  service.answer(answer('2026-06-15'), answer('2026-06-16'));
  await expect(readAll(source, WINDOW)).rejects.toMatchObject(NOT_READY);
  expect(await readAll(source, WINDOW)).toHaveLength(1);
  service.answer(answer('2026-06-01'));
  expect(await readAll(source, BEFORE)).toHaveLength(1);
});

test('a query says whether a load is done', async () => {
  const shop = new Database(join(folder, 'shop.db'), {});
  shop.exec('create table loads (day text)');
  const query = `query: "select '2026-06-16' as period, 1 as value"`;
  const source = sourceOf(
    `kind: sql, connection: shop, ${query}, ready_when: "select count(*) from loads where day >= :from and day < :to"`
  );
  await expect(readAll(source, WINDOW)).rejects.toMatchObject(NOT_READY);
  expect(await readAll(source, BEFORE)).toHaveLength(1);
  shop.exec("insert into loads values ('2026-06-16')");
  shop.close();
  expect(await readAll(source, WINDOW)).toHaveLength(1);
});

test.each([
  [true, true],
  [1n, true],
  ['t', true],
  ['2026-06-16', true],
  [false, false],
  [0, false],
  ['f', false],
  [null, false],
  [undefined, false],
])('%p is a yes: %p', (answer, yes) => {
  expect(isYes(answer)).toBe(yes);
});
