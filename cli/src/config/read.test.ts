import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig, readConfig } from './read';
import { redact } from './secrets';

describe('kpi-monitor.yaml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is found in the catalogue folder, then above it, and its paths are relative to itself', () => {
    mkdirSync(join(folder, 'kpis'));
    writeFileSync(join(folder, 'kpi-monitor.yaml'), 'zone: Europe/Berlin\n');
    const above = readConfig({ catalogue: join(folder, 'kpis'), env: {} });
    expect(above).toMatchObject({ zone: 'Europe/Berlin', folder, dataFolder: join(folder, '.kpi') });
    writeFileSync(join(folder, 'kpis', 'kpi-monitor.yaml'), 'zone: Asia/Tokyo\n');
    expect(readConfig({ catalogue: join(folder, 'kpis'), env: {} }).zone).toBe('Asia/Tokyo');
  });

  it('holds references only, and fills secrets in from the environment and from files when they are used', () => {
    const file = join(folder, 'secret.yaml');
    writeFileSync(join(folder, 'password'), 'hunter2\n');
    writeFileSync(
      file,
      `connections:
  erp: { kind: postgres, url: "postgres://kpi:\${file:password}@\${env:ERP_HOST}/erp" }
  till: { kind: sqlite, path: till/sales.db }
  vault: { kind: duckdb, path: '\${env:VAULT}' }\n`
    );
    const { connections, resolve } = readConfig({ config: file, env: { ERP_HOST: 'db' } });
    expect(connections).toMatchObject({
      till: { path: join(folder, 'till/sales.db') },
      vault: { path: '${env:VAULT}' },
    });
    const { url } = connections.erp as { url: string };
    expect(url).not.toContain('hunter2');
    expect(resolve(url)).toBe('postgres://kpi:hunter2@db/erp');
    const poor = readConfig({ config: file, env: {} });
    expect(() => poor.resolve(url)).toThrow('the environment variable ERP_HOST is not set');
    expect(() => poor.resolve('${file:nowhere}')).toThrow('the secret file nowhere cannot be read');
  });

  it('masks in what is shown every secret that was read, in each form in which it may be quoted', () => {
    const password = 'p&ss "word"/1';
    const { resolve } = readConfig({ catalogue: folder, env: { DB_PASSWORD: password, SHORT: 'abc' } });
    const url = resolve('postgres://kpi:${env:DB_PASSWORD}@db/${env:SHORT}');
    expect(redact(`refused ${url}`)).toBe('refused postgres://kpi:(secret)@db/abc');
    for (const quoted of [encodeURIComponent(password), JSON.stringify({ password }), btoa(password)]) {
      expect(redact(quoted)).toContain('(secret)');
      expect(redact(quoted)).not.toMatch(/p&ss|"word|p%26/);
    }
  });

  it.each([
    ['zone: [1', /config\.yaml:\d+ /],
    ['\nzonne: UTC\n', /config\.yaml:\d+ .*zonne/],
    ['http:\n  port: 99999\n', /config\.yaml:2 `http\.port`/],
    ['store: { kind: mysql }\n', /config\.yaml:1 `store\.kind`/],
    ['version: 2\n', /config\.yaml:1 `version`/],
    ['\ncalendar:\n  holidays: [tomorrow]\n', /config\.yaml:3 `calendar\.holidays/],
    ['connections: { erp: { kind: oracle, url: x } }\n', /config\.yaml:1 `connections\.erp\.kind`/],
    ['tokens:\n  - { name: a, token: b, scopes: [rule] }\n', /config\.yaml:2 `tokens\.0\.scopes/],
    ['http: { host: 1 }\ndata: 2\n', /`http\.host`.*\n.*`data`/],
  ])('%j is refused with file and line', (text, expected) => {
    expect(() => parseConfig('config.yaml', text)).toThrow(expected);
  });

  it('a folder that is not there is said so', () => {
    expect(() => readConfig({ catalogue: join(folder, 'nowhere') })).toThrow(/nowhere does not exist/);
    expect(() => readConfig({ catalogue: join(folder, 'password') })).toThrow(/password is not a folder/);
    expect(() => readConfig({ cwd: join(folder, 'kpis', 'sub'), env: {} })).toThrow(
      /kpis does not exist; set `catalogue` in kpi-monitor/
    );
    expect(() => readConfig({ config: join(folder, 'nowhere.yaml') })).toThrow(/nowhere\.yaml does not exist/);
  });
});
