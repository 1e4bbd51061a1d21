/**
 * Builds the data source's backend into `dist/`, for Linux on amd64 (Grafana's image) and for this machine.
 *
 *   node build-go.mjs     builds, and fails where Go is missing or too old
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = dirname(fileURLToPath(import.meta.url));
const EXECUTABLE = 'gpx_kpimonitor_kpi_datasource';

/**
 * @returns {Promise<{built: string[], skipped?: string}>} names of the programs in `dist/`; `skipped` says why there
 *   are none: without Go everything but Grafana's own server works.
 * @throws when Go is there and the build fails
 */
export async function buildGo() {
  const needed = /^go (\S+)$/m.exec(await readFile(join(root, 'go.mod'), 'utf8'))[1];
  const go = await findGo();
  if (!go) {
    return { built: [], skipped: `no Go on this machine; the data source's backend needs Go ${needed} or newer` };
  }
  if (isOlder(go.version, needed)) {
    return { built: [], skipped: `Go ${go.version} is here, and the data source's backend needs ${needed} or newer` };
  }
  await mkdir(join(root, 'dist'), { recursive: true });
  const targets = new Set(['linux/amd64', `${go.os}/${go.arch}`]);
  const built = [];
  for (const target of targets) {
    const [os, arch] = target.split('/');
    const name = `${EXECUTABLE}_${os}_${arch}${os === 'windows' ? '.exe' : ''}`;
    await run(go.path, ['build', '-trimpath', '-ldflags', '-s -w', '-o', join('dist', name), './pkg'], {
      cwd: root,
      env: { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOOS: os, GOARCH: arch },
      maxBuffer: 16 << 20,
    });
    built.push(name);
  }
  return { built };
}

/** The first Go that answers. It is asked outside of the module, where it would fetch the version that go.mod names. */
async function findGo() {
  for (const path of ['go', '/usr/local/go/bin/go', '/opt/homebrew/bin/go']) {
    try {
      const { stdout } = await run(path, ['env', 'GOVERSION', 'GOHOSTOS', 'GOHOSTARCH'], {
        cwd: tmpdir(),
        env: { ...process.env, GOTOOLCHAIN: 'local' },
      });
      const [version, os, arch] = stdout.trim().split('\n');
      return { path, version: version.replace(/^go/, ''), os, arch };
    } catch {
      // not here
    }
  }
  return null;
}

function isOlder(have, need) {
  const [a, b] = [have, need].map((version) => version.split('.').map((part) => parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i++) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) {
      return (a[i] ?? 0) < (b[i] ?? 0);
    }
  }
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { built, skipped } = await buildGo();
  process.stdout.write(`${skipped ?? built.map((name) => `dist/${name}`).join('\n')}\n`);
  process.exitCode = skipped ? 1 : 0;
}
