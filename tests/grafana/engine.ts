/** An engine of its own, as `kpi run` starts it: KPIs of two owners from CSV files that a test writes anew. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { addDays, isoDate } from '@kpi-monitor/model/time/civil';
import { openStore } from '@kpi-monitor/store/open-store';

import { answers, freePort } from '../support/program';

export const TOKEN = 'a-token-of-the-alert-test-0123456789';
const ZONE = 'UTC';
const DAYS = 120;

export interface TestKpi {
  id: string;
  name: string;
  owner: string;
}

export interface TestEngine {
  url: string;
  start(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Values of days in two regions, each about 620 and 410; those of the last `days` in the West are `west`. */
  write(kpi: string, west?: number, days?: number): void;
  /** Writes only days that are older than `days`. */
  writeUntil(kpi: string, days: number): void;
  close(): Promise<void>;
}

const today = (): number => Math.floor(Date.now() / 86_400_000) * 86_400_000;

/** @param watchedFor days that the KPIs have been watched, as if it had run for so long */
export async function openEngine(kpis: readonly TestKpi[], watchedFor = 0): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-alerts-'));
  const save = (name: string, text: string) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'kpis'));
  save('kpis/_catalogue.yaml', 'name: Alert test\ncategories: [{ id: sales, name: Sales }]\n');
  kpis.forEach((kpi) => save(`kpis/${kpi.id}.yaml`, kpiFile(kpi)));
  const port = await freePort();
  save(
    'kpi-monitor.yaml',
    `version: 1
catalogue: kpis
zone: ${ZONE}
calendar: { locale: en-US }
store: { kind: duckdb, path: kpi.duckdb }
tokens: [{ name: grafana, token: '${'${env:ALERT_TEST_TOKEN}'}', scopes: [read, write, act-as] }]
`
  );
  if (watchedFor > 0) {
    const store = await openStore(
      { kind: 'duckdb', path: join(folder, 'kpi.duckdb') },
      { zone: ZONE, createdBy: 'test' }
    );
    for (const { id } of kpis) {
      const data = { kind: 'watch', by: 'KPI Monitor', role: 'Admin' };
      await store.append('note', { time: Date.now() - watchedFor * 86_400_000, kpi: id, data });
    }
    await store.close();
  }
  let running: ChildProcess | undefined;
  const values = (kpi: string, until: number, west: number | undefined, days: number) => {
    const dates = Array.from({ length: DAYS }, (_, i) => addDays(today(), i - DAYS)).filter((day) => day < until);
    const lines = dates.flatMap((day, i) => {
      const isGiven = west !== undefined && day >= addDays(today(), -days);
      const usual = 620 + ((i * 7) % 20);
      return [`${isoDate(day)},West,${isGiven ? west : usual}`, `${isoDate(day)},East,${410 + ((i * 11) % 20)}`];
    });
    save(`kpis/${kpi}.csv`, ['day,region,value', ...lines, ''].join('\n'));
  };
  const url = `http://127.0.0.1:${port}`;
  const engine: TestEngine = {
    url,
    async start() {
      const program = join(process.cwd(), 'cli/dist/kpi.mjs');
      running = spawn(process.execPath, [program, 'run', '--port', String(port)], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ALERT_TEST_TOKEN: TOKEN },
      });
      await answers('the engine', running, async () => (await fetch(`${url}/ready`).catch(() => null))?.ok);
    },
    async kill() {
      const child = running;
      running = undefined;
      if (child && child.exitCode === null) {
        const gone = new Promise((done) => child.once('exit', done));
        child.kill('SIGKILL');
        await gone;
      }
    },
    write: (kpi, west, days = 1) => values(kpi, today(), west, days),
    writeUntil: (kpi, days) => values(kpi, addDays(today(), -days), undefined, 0),
    async close() {
      await engine.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  kpis.forEach(({ id }) => engine.write(id));
  return engine;
}

function kpiFile({ id, name, owner }: TestKpi): string {
  return `id: ${id}
name: ${name}
category: sales
tier: headline
kind: flow
unit: currency:financial:$
owners: { accountable: cfo@example.com, notify: ${owner} }
dimensions: [region]
judge: { at: day }
references: [{ kind: target, value: 1000 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 60 }
source: { kind: csv, path: ${id}.csv, period: day, value: value, dimensions: { region: region }, every: 2s, reread: 120d }
`;
}
