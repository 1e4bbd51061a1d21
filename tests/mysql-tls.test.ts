/** A real MariaDB that asks for encryption and has a certificate of its own making, read by the command `kpi`. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generate } from 'selfsigned';

import { type Certificate, type Mariadb, startMariadb } from '../collector/test/mariadb';

import { need } from './support/need';

const program = need('mariadbd', 'MySQL by TLS');
const KPI = join(__dirname, '../cli/dist/kpi.mjs');

(program ? describe : describe.skip)('a source of kind mysql with `tls: true`', () => {
  let folder: string;
  let mariadb: Mariadb;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kpi-mysql-tls-'));
    mkdirSync(join(folder, 'kpis'));
    mariadb = await startMariadb(program!, [], await certificate('localhost'));
    await mariadb.run("create table orders (day date, n int); insert into orders values ('2026-03-07', 12)");
    const query = 'select day as period, n as value from orders where day >= :from and day < :to';
    writeFileSync(
      join(folder, 'kpis/orders.yaml'),
      `id: orders\nname: Orders\ncategory: sales\nkind: flow\nsource: { kind: sql, connection: shop, query: "${query}" }\n`
    );
  });
  afterAll(async () => {
    await mariadb?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** For that host, signed by itself alone, and known as `ca.pem`. */
  async function certificate(host: string): Promise<Certificate> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
    });
    writeFileSync(join(folder, 'ca.pem'), cert);
    return { cert, key };
  }

  /** What `kpi try` says. */
  function tried(tls: boolean, ca?: string): Promise<string> {
    const url = mariadb.url.replace('127.0.0.1', 'localhost');
    writeFileSync(
      join(folder, 'kpi-monitor.yaml'),
      `zone: UTC\nconnections: { shop: { kind: mysql, url: "${url}", tls: ${tls} } }\n`
    );
    const args = [KPI, 'try', 'orders', '--from', '2026-03-07', '--to', '2026-03-08', '--config', 'kpi-monitor.yaml'];
    const options = { cwd: folder, env: { ...process.env, NODE_EXTRA_CA_CERTS: ca ? join(folder, ca) : '' } };
    return new Promise((resolve) =>
      execFile(process.execPath, args, options, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`))
    );
  }

  test('is read when the authority of its certificate is given to the process', async () => {
    expect(await tried(true, 'ca.pem')).toContain('would write 1 point');
  });

  test('is not believed without that, and what to do is said', async () => {
    expect(await tried(true)).toMatch(
      /SOURCE_UNREACHABLE.*self-signed certificate; name the certificate of its authority in NODE_EXTRA_CA_CERTS/
    );
  });

  test('is not believed under another name than the certificate has', async () => {
    await mariadb.certify(await certificate('shop.example.com'));
    expect(await tried(true, 'ca.pem')).toMatch(
      /SOURCE_UNREACHABLE.*localhost.*shop\.example\.com.*; write the host in its url as the certificate has it/
    );
  });

  test('takes nobody without encryption', async () => {
    expect(await tried(false)).toMatch(/SOURCE_REFUSED.*Access denied/);
  });
});
