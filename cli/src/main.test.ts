/** The built command, as an operator runs it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { generate } from 'selfsigned';

import { until } from '../../tests/support/until';
import { SHOP, type TestFolder, testFolder } from '../test/folder';

const ROOT = join(__dirname, '../..');
const KPI = join(ROOT, 'cli/dist/kpi.mjs');
const TOKEN = 'a-token-for-this-test';
let folder: TestFolder;

/** Of the addresses that are asked here. */
interface Answer {
  kpis: Array<{ id: string }>;
  details: { problems?: string[] };
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function node(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder.path, env: { ...process.env, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
    );
  });
}
const kpi = (args: string[], env?: Record<string, string>) => node([KPI, ...args], env);

/** Starts `kpi run` and waits for the line that says where it answers. */
async function started(
  env: Record<string, string>,
  config = 'kpi-monitor.yaml'
): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = spawn(process.execPath, [KPI, 'run', '--port', '0', '--config', config], {
    cwd: folder.path,
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const url = () => /answers at (\S+)\s/.exec(output)?.[1];
  const found = await until(
    () => `kpi run said ${output}; its address`,
    () => url() ?? child.exitCode !== null
  );
  if (found === true) {
    throw new Error(`kpi run did not start: ${output}`);
  }
  return { child, url: found, output: () => output };
}

beforeAll(async () => {
  const lately = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  folder = testFolder({
    ...SHOP,
    'orders.csv': `date,region,orders\n${lately},West,3\n${lately},East,4\n${lately},South,n/a\n`,
    'kpi-monitor.yaml': 'zone: Europe/Berlin\ntokens: [{ name: grafana, token: "${env:KPI_TOKEN}", scopes: [read] }]\n',
  });
  const built = await node(['-e', `import(${JSON.stringify(join(ROOT, 'cli/build.mjs'))}).then((m) => m.buildCli())`]);
  expect(built).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => folder.remove());

test('is what `npx kpi` runs in a clone, with nothing but the answer on stdout', async () => {
  const { kpi: launcher } = (
    JSON.parse(readFileSync(join(ROOT, 'cli/package.json'), 'utf8')) as { bin: { kpi: string } }
  ).bin;
  expect(existsSync(join(ROOT, 'node_modules/.bin/kpi'))).toBe(true);
  const answer = await node([join(ROOT, 'cli', launcher), 'list', '--json']);
  expect(answer.code).toBe(0);
  expect(JSON.parse(answer.stdout)).toMatchObject({ kpis: [{ id: 'orders' }] });
});

test('what keeps it from starting is one line with a code', async () => {
  const missing = await kpi(['run', '--port', '0']);
  expect(missing).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'CONFIG_SECRET the environment variable KPI_TOKEN is not set\n',
  });
  const short = await kpi(['run', '--port', '0'], { KPI_TOKEN: 'sh0rt' });
  expect(short.stderr).toContain('CONFIG_SECRET the token of `grafana` has 5 characters');
  expect(short.stderr).not.toContain('sh0rt');
  const port = await kpi(['run', '--port', 'http'], { KPI_TOKEN: TOKEN });
  expect(port.stderr).toContain('--port http is no port');
  const nowhere = await kpi(['list', '--catalogue', 'nowhere']);
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere does not exist') });
});

test('collects, answers with a token, is found by other commands, and ends when it is told to', async () => {
  const { child, url, output } = await started({ KPI_TOKEN: TOKEN });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    expect((await fetch(`${url}/api/catalogue`)).status).toBe(401);
    const answer = await fetch(`${url}/api/catalogue`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await answer.json()).toMatchObject({ kpis: [{ id: 'orders' }] });

    let listed = await kpi(['list', '--json']);
    await until(
      () => `kpi list says ${listed.stdout}${listed.stderr}; the value`,
      async () => (listed = await kpi(['list', '--json'])).stdout.includes('"valueText":"7"')
    );
    expect(JSON.parse(listed.stdout)).toMatchObject({ running: url, kpis: [{ id: 'orders', valueText: '7' }] });

    const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    expect(metrics).toContain('kpi_collector_points_total{kpi="orders",source="csv"} 2');
    expect(metrics).toContain('kpi_collector_rejected_total{kpi="orders",source="csv",code="RECORD_VALUE"} 1');

    const filled = JSON.parse((await kpi(['backfill', '--json'])).stdout);
    expect(filled).toMatchObject({ isWhole: true, reports: [{ kpi: 'orders', points: 2, rejected: 1, error: null }] });
    expect((await kpi(['run', '--port', '0'], { KPI_TOKEN: TOKEN })).stderr).toContain('STORE_LOCKED');

    const announcement = join(folder.path, '.kpi/instance.json');
    expect(statSync(announcement).mode & 0o077).toBe(0);
    expect(readFileSync(announcement, 'utf8')).not.toContain(TOKEN);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
  expect(existsSync(join(folder.path, '.kpi/instance.json'))).toBe(false);
  expect(output()).not.toContain(TOKEN);
});

test('answers by TLS alone where it is told to, while commands on this machine need no certificate', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'kpi.example.com' }]);
  const config = join(folder.path, 'tls/kpi-monitor.yaml');
  folder.write('tls/cert.pem', cert);
  folder.write('tls/key.pem', key);
  folder.write(
    'tls/kpi-monitor.yaml',
    `catalogue: ../kpis
http: { port: 0, tls: { certificate: cert.pem, key: key.pem } }
tokens: [{ name: grafana, token: "\${env:KPI_TOKEN}", scopes: [read] }]
`
  );
  const { child, url } = await started({ KPI_TOKEN: TOKEN }, config);
  try {
    expect(url).toMatch(/^https:/);
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const trust = { ca: cert, checkServerIdentity: () => undefined };
      get(`${url}/api/catalogue`, { headers, ...trust }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
    expect(answer).toBe(200);
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();
    const { stdout } = await kpi(['list', '--json', '--config', config]);
    expect(JSON.parse(stdout)).toMatchObject({ running: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) });
    folder.write('tls/broken.yaml', 'catalogue: ../kpis\nhttp: { tls: { certificate: nowhere.pem, key: key.pem } }\n');
    const broken = await kpi(['run', '--config', join(folder.path, 'tls/broken.yaml')]);
    expect(broken).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the certificate nowhere.pem of `http.tls`'),
    });
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
});

test('takes up what is edited while it runs, and keeps the last good catalogue meanwhile', async () => {
  const { child, url, output } = await started({ KPI_TOKEN: TOKEN });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ask = async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return (await answer.json()) as Answer;
  };
  const untilIt = (path: string, says: (answer: Answer) => boolean) =>
    until(
      () => `the log ends with ${output().slice(-2000)}; what ${path} should say`,
      async () => says(await ask(path))
    );
  const ids = ({ kpis }: Answer) => kpis.map(({ id }) => id).join();
  const visits = SHOP['kpis/orders.yaml']!.replace('id: orders', 'id: visits').replace('name: Orders', 'name: Visits');
  try {
    // As editors do: written beside, and put in place at once.
    renameSync(folder.write('kpis/visits.yaml.tmp', visits), join(folder.path, 'kpis/visits.yaml'));
    await untilIt('/api/catalogue', (answer) => ids(answer) === 'orders,visits');
    folder.write('kpis/visits.yaml', visits.slice(0, 50));
    await untilIt('/api/health', ({ details }) => details.problems !== undefined);
    expect(await ask('/api/health')).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(/its newest change is not taken up: KPI_SOURCE .*visits.yaml/),
    });
    expect(ids(await ask('/api/catalogue'))).toBe('orders,visits');
    const status = await kpi(['status']);
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining('the KPI files have a mistake') });
    rmSync(join(folder.path, 'kpis/visits.yaml'));
    await untilIt('/api/catalogue', (answer) => ids(answer) === 'orders');
    expect((await ask('/api/health')).details.problems).toBeUndefined();
    const { kpis } = JSON.parse((await kpi(['status', '--json'])).stdout);
    expect(kpis.map(({ id }: { id: string }) => id)).toEqual(['orders']);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});

test('a backfill that is killed goes on where it was, and loses nothing', async () => {
  const asked: string[] = [];
  const shop = createServer((request, response) => {
    const from = new URL(request.url!, 'http://shop').searchParams.get('from')!;
    asked.push(from);
    // The fifth hangs, so that the kill comes in the middle.
    if (asked.length !== 5) {
      response.end(JSON.stringify([{ period: from, value: 1 }]));
    }
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/?from={from}&to={to}`;
  const own = testFolder({
    'kpi-monitor.yaml': '',
    'kpis/visits.yaml': `id: visits\nname: Visits\ncategory: sales\nkind: flow\nsource: { kind: http, url: '${url}', map: '$' }\n`,
  });
  const args = ['--config', join(own.path, 'kpi-monitor.yaml'), '--json'];
  const command = ['backfill', '--from', '2024-01-01', '--to', '2026-01-01', ...args];
  try {
    const first = spawn(process.execPath, [KPI, ...command]);
    const ended = new Promise((resolve) => first.once('exit', resolve));
    await until('the fifth question', () => asked.length >= 5);
    first.kill('SIGKILL');
    await ended;
    const before = asked.splice(0).slice(0, 4);
    expect(before).toHaveLength(4);
    const { reports, isWhole } = JSON.parse((await kpi(command)).stdout);
    expect([isWhole, reports]).toMatchObject([
      true,
      [{ kpi: 'visits', windows: 8, resumed: 4, points: 8, error: null }],
    ]);
    expect(asked).toHaveLength(4);
    expect(asked.filter((from) => before.includes(from))).toEqual([]);
    const exported = JSON.parse(
      (await kpi(['try', 'visits', '--from', '2024-01-01', '--to', '2026-01-01', ...args])).stdout
    );
    expect(exported.would).toMatchObject({ add: 0 });
    expect(JSON.parse((await kpi(command)).stdout).reports[0]).toMatchObject({ windows: 8, resumed: 0 });
  } finally {
    shop.closeAllConnections();
    shop.close();
    own.remove();
  }
});

test('a taken port is said with its remedy', async () => {
  const { child, url } = await started({ KPI_TOKEN: TOKEN });
  const other = testFolder(SHOP);
  try {
    const second = await node([
      KPI,
      'run',
      '--port',
      new URL(url).port,
      '--config',
      join(other.path, 'kpi-monitor.yaml'),
    ]);
    expect(second).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/CONFIG_FILE port \d+ of 127\.0\.0\.1 is taken; choose another by --port/),
    });
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    other.remove();
  }
});

test('no colours where no terminal is', async () => {
  const { stdout } = await kpi(['check']);
  expect(stdout).toContain('no mistakes');
  expect(stdout).not.toContain('\x1b');
});
