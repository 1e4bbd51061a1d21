/**
 * Builds what the tests need and runs them all; says in a line what was skipped and why, and at the end how many
 * passed. With CI=true nothing may be skipped.
 *
 *   node scripts/test.mjs                   all but those against a real Grafana
 *   node scripts/test.mjs engine/ model/    only files with these in their path
 *   node scripts/test.mjs --grafana         only those against the Grafana at GRAFANA_URL
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { buildAll } from './build.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const inGrafana = args.includes('--grafana');
const paths = args.filter((arg) => arg !== '--grafana');
const ci = process.env.CI === 'true';

if (inGrafana && !process.env.GRAFANA_URL) {
  fail('set GRAFANA_URL to a Grafana with our plugins and provisioning, e.g. http://127.0.0.1:3001');
}
const skippedBuilds = await buildAll().catch((error) => fail(error.message));
const folder = mkdtempSync(join(tmpdir(), 'kpi-test-'));
try {
  const report = await runJest(join(folder, 'report.json'));
  process.exitCode = summarize(report, skippedBuilds) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runJest(outputFile) {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const which = inGrafana ? ['tests/grafana'] : paths;
  const ignored = inGrafana ? [] : ['/node_modules/', '/dist/', '/tests/grafana/'];
  // Paths go first: jest takes whatever follows a flag of this kind for its patterns.
  const without = ignored.map((pattern) => `--testPathIgnorePatterns=${pattern}`);
  const options = ['--json', `--outputFile=${outputFile}`, ...(ci ? ['--ci'] : []), ...without];
  const child = spawn(process.execPath, ['--experimental-vm-modules', jest, ...which, ...options], {
    cwd: ROOT,
    // Jest's own words go to stderr; the report is read from the file.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', () => {
      try {
        done(JSON.parse(readFileSync(outputFile, 'utf8')));
      } catch {
        failed(new Error('jest ended without a report'));
      }
    });
  });
}

/** Prints the end of a run; whether it was good. */
function summarize(report, skippedBuilds) {
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled')
      .map(({ fullName }) => `${name.slice(ROOT.length + 1)}: ${fullName}`)
  );
  [...skippedBuilds, ...skipped].forEach((line) => say(`skipped: ${line}`));
  // A file that could not even be read has no tests of its own to fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
  );
  const failed = report.numFailedTests + broken.length;
  const missed = skipped.length + skippedBuilds.length;
  if (ci && missed > 0) {
    say('CI skips nothing: install what is missing (see .ci/run)');
  }
  if (report.numTotalTests === 0) {
    say('no test was found');
  }
  say(`${report.numPassedTests} passed, ${failed} failed${missed > 0 ? `, ${missed} skipped` : ''}`);
  return failed === 0 && report.numPassedTests > 0 && !(ci && missed > 0);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
