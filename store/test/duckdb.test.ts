import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { createDuckdbStore } from '../src/duckdb/duckdb-store';
import { openStore } from '../src/open-store';
import { sharingReads } from '../src/sharing-reads';
import type { Store } from '../src/store';
import { storeContract } from '../src/testing/contract';
import { EVER, META, point, REVENUE, type StoreFixture } from '../src/testing/fixture';

const folder = mkdtempSync(join(tmpdir(), 'kpi-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let places = 0;
const newPath = () => join(folder, `place ${(places += 1)}`, 'kpi.duckdb');

/** Each place a file of its own. */
const inFiles = (storeAt: (path: string) => Store): StoreFixture => ({
  async place() {
    const path = newPath();
    return {
      store: () => storeAt(path),
      async setSchema(schema) {
        const instance = await DuckDBInstance.create(path);
        const connection = await instance.connect();
        await connection.run('UPDATE meta SET schema = $1', [schema]);
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
  unreachable: () => storeAt('/dev/null/kpi.duckdb'),
});

storeContract(
  'DuckDB',
  inFiles((path) => createDuckdbStore({ path }))
);
storeContract(
  'DuckDB whose readers share what they read',
  inFiles((path) => sharingReads(createDuckdbStore({ path })))
);

describe('a DuckDB file', () => {
  it('that another process holds is refused, naming path and process, and let in when that one ends', async () => {
    const path = newPath();
    const first = createDuckdbStore({ path });
    await first.open(META);
    await first.close();
    const other = await holdInAnotherProcess(path);
    const store = createDuckdbStore({ path });
    await expect(store.open(META)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringMatching(new RegExp(`${path}.*${other.pid}`)),
      details: { path },
    });
    other.kill();
    await once(other, 'exit');
    await store.open(META);
    await store.close();
  });

  it('that this process holds already is refused too, and stays locked for others', async () => {
    const path = newPath();
    const first = createDuckdbStore({ path });
    await first.open(META);
    await expect(createDuckdbStore({ path }).open(META)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await expect(holdInAnotherProcess(path)).rejects.toThrow(/lock/i);
    await first.close();
  });

  it('that is none is refused, naming it', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'no database at all\n'.repeat(1000));
    await expect(createDuckdbStore({ path }).open(META)).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('notes.txt is no DuckDB file'),
    });
  });

  it('is let go again when opening fails', async () => {
    const config = { kind: 'duckdb', path: newPath() } as const;
    await (await openStore(config, META)).close();
    await expect(openStore(config, { ...META, zone: 'UTC' })).rejects.toMatchObject({ code: 'STORE_ZONE' });
    const store = await openStore(config, META);
    expect(store.name).toBe(`duckdb ${config.path}`);
    await store.close();
  });

  it('may be memory alone', async () => {
    const [one, two] = [createDuckdbStore({ path: ':memory:' }), createDuckdbStore({ path: ':memory:' })];
    await Promise.all([one.open(META), two.open(META)]);
    await one.write([point()]);
    expect(await two.read({ series: [REVENUE], ...EVER })).toEqual([]);
    expect(await one.read({ series: [REVENUE], ...EVER })).toHaveLength(1);
    await Promise.all([one.close(), two.close()]);
  });
});

/** A process that has the file open when this resolves. */
async function holdInAnotherProcess(path: string): Promise<ChildProcess> {
  const duckdb = createRequire(__filename).resolve('@duckdb/node-api');
  const script = `require(${JSON.stringify(duckdb)}).DuckDBInstance.create(${JSON.stringify(path)})
    .then((held) => { console.log('open'); setInterval(() => held, 1000); }, (error) => { console.log(error.message); process.exit(1); })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  if (!said.toString().startsWith('open')) {
    throw new Error(said.toString());
  }
  return child;
}

it('gives up what a book holds from before a day, and nothing else', async () => {
  const store = createDuckdbStore({ path: ':memory:' });
  await store.open(META);
  const at = (day: number) => point({ dims: { what: 'lag' }, time: Date.UTC(2026, 2, day) });
  await store.write([at(1)]);
  await store.record('collector', [at(1), at(2)]);
  await store.record('quality', [at(1)]);
  await store.forget('collector', Date.UTC(2026, 2, 2));
  const count = async (read: Promise<Array<{ times: number[] }>>) => (await read).flatMap(({ times }) => times).length;
  const asked = { series: [REVENUE], ...EVER };
  expect(await count(store.recorded('collector', asked))).toBe(1);
  expect(await count(store.recorded('quality', asked))).toBe(1);
  expect(await count(store.read(asked))).toBe(1);
  await store.close();
});
