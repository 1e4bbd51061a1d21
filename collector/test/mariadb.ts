/** A real MariaDB server for one test file, on a free port of loopback. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createConnection } from 'mysql2/promise';

import { answers, freePort } from '../../tests/support/program';

export interface Mariadb {
  /** with user and password; the user may write, and so could a source if nothing stopped it */
  url: string;
  /** the rows of its answer; none where it has none */
  run(sql: string): Promise<unknown[]>;
  /** It proves itself by another certificate from now on. */
  certify(other: Certificate): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'not-a-secret';

/** PEM */
export interface Certificate {
  cert: string;
  key: string;
}

/**
 * @param program the path of `mariadbd`
 * @param zones that the server is to know by name
 * @param tls what it proves itself by; it then takes no user over the network without encryption
 */
export async function startMariadb(program: string, zones: string[] = [], tls?: Certificate): Promise<Mariadb> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-mariadb-'));
  const data = join(folder, 'data');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot],
    { encoding: 'utf8' }
  );
  if (made.status !== 0) {
    throw new Error(`mariadb-install-db: ${made.stderr}${made.stdout}`);
  }
  const pem = (part: keyof Certificate) => join(folder, `${part}.pem`);
  const certify = (parts: Certificate) =>
    (['cert', 'key'] as const).forEach((part) => writeFileSync(pem(part), parts[part]));
  if (tls) {
    certify(tls);
  }
  const port = await freePort();
  const socket = join(folder, 'socket');
  const child = spawn(
    program,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      ...(tls ? [`--ssl-cert=${pem('cert')}`, `--ssl-key=${pem('key')}`, '--require-secure-transport=on'] : []),
    ],
    { cwd: folder, stdio: 'ignore' }
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const run = async (sql: string, database?: string) => {
    const client = await createConnection({ socketPath: socket, user: 'root', database, multipleStatements: true });
    const [rows] = await client.query(sql).finally(() => client.end());
    return Array.isArray(rows) ? rows : [];
  };
  await answers('mariadbd', child, () => existsSync(socket));
  for (const zone of zones) {
    const file = `/usr/share/zoneinfo/${zone}`;
    await run(execFileSync('mariadb-tzinfo-to-sql', [file, zone], { encoding: 'utf8' }), 'mysql');
  }
  await run(
    `create database shop; create user kpi@'%' identified by '${PASSWORD}'; grant all on shop.* to kpi@'%'; grant file on *.* to kpi@'%'`
  );
  return {
    url: `mysql://kpi:${PASSWORD}@127.0.0.1:${port}/shop`,
    run: (sql) => run(sql, 'shop'),
    async certify(other) {
      certify(other);
      await run('flush ssl');
    },
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
