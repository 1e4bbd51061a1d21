/** `npm start`: builds what is missing, then runs the server. Needs nothing but Node until that is checked. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname ?? '.', '..');
const NEEDED = [20, 19];

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  fail(
    `KPI Monitor needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node} (see https://nodejs.org)`
  );
}
if (!existsSync(join(ROOT, 'node_modules/esbuild'))) {
  fail('the packages are not installed yet; run: npm ci');
}

const asksForHelp = process.argv.some((arg) => arg === '--help' || arg === '-h');
const { buildAll, FOR_STANDALONE } = await import('../scripts/build.mjs');
try {
  await buildAll({ wanted: asksForHelp ? ({ name }) => name === 'server' : FOR_STANDALONE });
} catch (error) {
  fail(error.message);
}
await import('./dist/server.mjs');
