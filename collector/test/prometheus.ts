/** A real Prometheus for one test file, on a free port of loopback, with samples of the past. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { answers, freePort } from '../../tests/support/program';

export interface Prometheus {
  url: string;
  stop(): Promise<void>;
}

/**
 * @param program the path of `prometheus`; `promtool` lies beside it
 * @param samples OpenMetrics, without its end
 */
export async function startPrometheus(program: string, samples: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-prometheus-'));
  const [metrics, config, data] = ['samples', 'prometheus.yml', 'data'].map((name) => join(folder, name));
  writeFileSync(metrics!, `${samples}# EOF\n`);
  writeFileSync(config!, 'global: { scrape_interval: 1h }\n');
  execFileSync(join(dirname(program), 'promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', metrics!, data!], {
    stdio: 'ignore',
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { cwd: folder, stdio: 'ignore' }
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await answers('prometheus', child, async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok);
  return {
    url,
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
