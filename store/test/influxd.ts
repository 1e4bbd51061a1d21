/** A real InfluxDB of the test's own: Debian's 1.6 in a temporary folder, on free loopback ports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answers, freePort } from '../../tests/support/program';

export interface RunningInfluxd {
  url: string;
  /** ends the server, its data stay */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInfluxd(program: string, { auth = false } = {}): Promise<RunningInfluxd> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-influxd-'));
  const [http, rpc] = [await freePort(), await freePort()];
  const config = join(folder, 'influxdb.conf');
  writeFileSync(
    config,
    `reporting-disabled = true
     bind-address = "127.0.0.1:${rpc}"
     [meta]
     dir = "${folder}/meta"
     [data]
     dir = "${folder}/data"
     wal-dir = "${folder}/wal"
     query-log-enabled = false
     [http]
     bind-address = "127.0.0.1:${http}"
     log-enabled = false
     auth-enabled = ${auth}
     [monitor]
     store-enabled = false
    `
  );
  const url = `http://127.0.0.1:${http}`;
  let child = await launch(program, config, url);
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, 'exit');
    }
  };
  return {
    url,
    pause: end,
    async resume() {
      child = await launch(program, config, url);
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(program: string, config: string, url: string): Promise<ChildProcess> {
  const child = spawn(program, ['-config', config], { stdio: 'ignore' });
  try {
    await answers('influxd', child, async () => (await fetch(`${url}/ping`).catch(() => null))?.ok);
  } catch (error) {
    child.kill();
    throw error;
  }
  return child;
}
