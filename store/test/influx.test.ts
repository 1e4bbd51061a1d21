import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { KpiError } from '@kpi-monitor/model/errors';
import fc from 'fast-check';

import { need } from '../../tests/support/need';
import { freePort } from '../../tests/support/program';
import { createInfluxStore } from '../src/influx/influx-store';
import { identifier, literal } from '../src/influx/influxql';
import { decodeTag, encodeTag } from '../src/influx/tags';
import { openStore } from '../src/open-store';
import { storeContract } from '../src/testing/contract';
import { DAY, EVER, META, point, REVENUE } from '../src/testing/fixture';

import { debian, lines, query, secondGeneration, type Server, TOKEN } from './influx-servers';
import { startInfluxd } from './influxd';

const influxd = need('influxd', 'the contract suite on InfluxDB 1.x');
const { INFLUX_URL, INFLUX_TOKEN } = process.env;

if (influxd) {
  suite('InfluxDB 1.6', debian(influxd));
}
if (INFLUX_URL && INFLUX_TOKEN) {
  const server = secondGeneration(INFLUX_URL, INFLUX_TOKEN);
  suite('InfluxDB 2', server);

  describe('InfluxDB 2 at the door', () => {
    it('is told apart by what is missing: a bucket or a right token', async () => {
      const options = await server.options();
      await expect(createInfluxStore({ ...options, metaBucket: 'nowhere' }).open(META)).rejects.toMatchObject({
        code: 'STORE_REFUSED',
        message: expect.stringMatching(/no bucket `nowhere`.*influx bucket create --name 'nowhere'/),
      });
      const unopened = createInfluxStore({ ...options, bucket: 'nowhere' });
      await expect(unopened.write([point()])).rejects.toMatchObject({
        code: 'STORE_REFUSED',
        details: { status: 404 },
      });
      const stranger = createInfluxStore({ ...options, token: TOKEN });
      await expect(stranger.open(META)).rejects.toMatchObject({ code: 'STORE_REFUSED', details: { status: 401 } });
      await server.stop();
    });
  });
}

function suite(name: string, server: Server): void {
  describe(name, () => {
    beforeAll(() => server.start());
    afterAll(() => server.stop());
    storeContract(name, {
      async place() {
        const options = await server.options();
        return {
          store: () => createInfluxStore(options),
          setSchema: (schema) => lines(options, options.metaBucket, `kpi_meta schema=${schema}i 0`),
        };
      },
      unreachable: () =>
        createInfluxStore({ url: 'http://127.0.0.1:1', token: TOKEN, bucket: 'kpi', metaBucket: 'kpi_meta' }),
    });

    describe(`${name} as a store`, () => {
      it('isolates points that the server refuses, and stores the rest of the batch', async () => {
        const options = await server.options();
        const store = await openStore({ kind: 'influxdb', ...options }, META);
        await server.forgetAfterAWeek(options.bucket);
        const now = Math.floor(Date.now() / DAY) * DAY;
        const points = Array.from({ length: 300 }, (_, i) =>
          point({ dims: { region: `r${i}` }, time: i % 100 === 7 ? now - 30 * DAY : now, value: i })
        );
        const { written, rejected } = await store.write(points);
        expect(written).toBe(297);
        expect(rejected.map(({ point: refused }) => refused.value)).toEqual([7, 107, 207]);
        expect(rejected[0]?.reason).toMatch(/(beyond|outside) retention policy/);
        expect(await store.read({ series: [REVENUE], ...EVER })).toHaveLength(297);

        const allOld = points.map((fresh) => ({ ...fresh, time: now - 40 * DAY }));
        expect((await store.write(allOld)).rejected).toHaveLength(300);
        await store.close();
      });

      it('refuses a bucket for logs and metadata that forgets', async () => {
        const options = await server.options();
        const first = await openStore({ kind: 'influxdb', ...options }, META);
        await first.close();
        await server.forgetAfterAWeek(options.metaBucket);
        const store = createInfluxStore(options);
        await expect(store.append('note', { time: 0, kpi: 'revenue', data: {} })).rejects.toMatchObject({
          code: 'STORE_REFUSED',
          message: expect.stringMatching(new RegExp(`${options.metaBucket}.*remove its retention`)),
        });
        await store.close();
      });

      it('reads series whose dimensions differ, without the tags of the others', async () => {
        const store = await openStore({ kind: 'influxdb', ...(await server.options()) }, META);
        await store.write([point({ dims: {} }), point({ kpi: 'churn', dims: { plan: 'pro' } })]);
        const found = await store.read({ series: [REVENUE, { kpi: 'churn', v: 1 }], ...EVER });
        expect(found.map(({ dims }) => dims)).toEqual([{ plan: 'pro' }, {}]);
        await store.close();
      });

      it('carries any text through a literal and any name through an identifier', async () => {
        const options = await server.options();
        const store = await openStore({ kind: 'influxdb', ...options }, META);
        await store.write([point()]);
        const text = fc.string({
          unit: fc.oneof(fc.constantFrom(...'\\"\'\n;-'), fc.string({ minLength: 1, maxLength: 1 })),
        });
        await fc.assert(
          fc.asyncProperty(text, async (nasty) => {
            const statement = `SELECT value FROM kpi WHERE region = 'north' AND ${identifier(`x${nasty}`)} = ${literal(`x${nasty}`)}`;
            const answer = await query(options, statement);
            // understood as one statement that finds nothing
            expect(answer).toEqual({ results: [{ statement_id: 0 }] });
          }),
          { numRuns: 60 }
        );
        await store.close();
      });
    });
  });
}

describe('tag values', () => {
  it('come back as they went, and leave plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeTag(encodeTag(text))).toBe(text);
        expect(encodeTag(text)).not.toMatch(/[\\\n\r]/);
      })
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'%25C5C7F0A\\\n') }),
        (text) => decodeTag(encodeTag(text)) === text
      )
    );
    for (const plain of ['North & South', '50 %', '50%', 'O\'Brien, "x"=y', '東京']) {
      expect(encodeTag(plain)).toBe(plain);
    }
  });
});

describe('an InfluxDB that does not do as it should', () => {
  const options = async () => ({
    url: `http://127.0.0.1:${await freePort()}`,
    token: TOKEN,
    bucket: 'kpi',
    metaBucket: 'kpi_meta',
  });

  it('is named by its address and never by its token', async () => {
    const away = await options();
    const error = await openStore({ kind: 'influxdb', ...away }, META).catch((thrown: unknown) => thrown as KpiError);
    expect(error).toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: `InfluxDB at ${away.url} cannot be reached: connection refused; is it running?`,
    });
    expect(() => createInfluxStore({ ...away, url: 'http://me:hidden@127.0.0.1:8086' })).toThrow(
      expect.objectContaining({ code: 'CONFIG_FILE', message: expect.not.stringContaining('hidden') })
    );
    expect(() => createInfluxStore({ ...away, url: 'influx:8086' })).toThrow(/no address of InfluxDB/);
  });

  it.each([
    ['refuses the token', 401, { message: 'unauthorized access' }, 'STORE_REFUSED', /refuses the token.*unauthorized/],
    ['lacks the bucket', 404, { message: 'no dbrp mapping found' }, 'STORE_REFUSED', /no bucket `kpi`.*create it/],
    ['is overloaded', 503, { error: 'cache maximum memory size exceeded' }, 'STORE_UNREACHABLE', /503: cache maximum/],
    ['says nothing', 0, {}, 'STORE_UNREACHABLE', /no answer within 300 ms/],
  ])('that %s fails the whole write, so that the caller keeps the points', async (_, status, body, code, message) => {
    const server = createServer((_request, response) => {
      if (status) {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const store = createInfluxStore({
      ...(await options()),
      url: `http://127.0.0.1:${port}`,
      timeoutMs: status ? 60_000 : 300,
    });
    for (const doing of [() => store.write([point()]), () => store.read({ series: [REVENUE], ...EVER })]) {
      const error: KpiError = await doing().then(
        () => Promise.reject(new Error('it went through')),
        (thrown: KpiError) => thrown
      );
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(error.message).not.toContain(TOKEN);
    }
    await store.close();
    server.closeAllConnections();
    server.close();
  });

  (influxd ? it : it.skip)('with users lets in by user and password', async () => {
    const running = await startInfluxd(influxd!, { auth: true });
    const connection = { ...(await options()), url: running.url };
    const root = { ...connection, token: 'root:pass:word' };
    try {
      await query(connection, "CREATE USER root WITH PASSWORD 'pass:word' WITH ALL PRIVILEGES");
      const store = await openStore({ kind: 'influxdb', ...root }, META);
      await store.write([point()]);
      expect(await store.read({ series: [REVENUE], ...EVER })).toHaveLength(1);
      await store.append('note', { time: 1, kpi: '', data: {} });
      await store.close();
      const stranger = createInfluxStore({ ...root, token: 'root:wrong' });
      await expect(stranger.open(META)).rejects.toMatchObject({
        code: 'STORE_REFUSED',
        message: expect.not.stringContaining('wrong'),
      });
    } finally {
      await running.stop();
    }
  });

  (influxd ? it : it.skip)('that goes away fails writes until it is back, on the same handle', async () => {
    const running = await startInfluxd(influxd!);
    const store = await openStore({ kind: 'influxdb', ...(await options()), url: running.url }, META);
    try {
      await store.write([point()]);
      await running.pause();
      await expect(store.write([point({ value: 2 })])).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await running.resume();
      expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ values: [1] }]);
      expect((await store.write([point({ value: 2 })])).written).toBe(1);
      expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ values: [2] }]);
    } finally {
      await store.close();
      await running.stop();
    }
  });
});
