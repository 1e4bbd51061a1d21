/** Takes the screenshots of README and guides: `npm run screenshots`, after `npm run build`. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '..');
const IMAGES = join(ROOT, 'docs/images');
const PICTURES = [
  { name: 'overview-light', path: '/d/kpi-overview', scheme: 'light', width: 1440, height: 1000 },
  { name: 'overview-dark', path: '/d/kpi-overview', scheme: 'dark', width: 1440, height: 1000 },
  { name: 'overview-narrow', path: '/d/kpi-overview', scheme: 'light', width: 400, height: 900 },
  { name: 'category-financial-light', path: '/d/category-financial', scheme: 'light', width: 1440, height: 1000 },
  { name: 'kpi-detail-dark', path: '/d/kpi-detail?var-kpi=satisfaction', scheme: 'dark', width: 1440, height: 1000 },
  {
    name: 'kpi-thresholds-light',
    path: '/a/kpimonitor-kpi-app/kpis/satisfaction',
    scheme: 'light',
    width: 1440,
    height: 1000,
    // What is not saved is only previewed.
    async ready(page) {
      await page.getByRole('textbox', { name: 'Warning' }).fill('4.2');
      await page.getByText('With these values there would have been').waitFor();
    },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'kpi-screenshots-'));
const config = join(folder, 'kpi-monitor.yaml');
writeFileSync(config, `catalogue: ${join(ROOT, 'kpis')}\nzone: America/New_York\ncalendar: { holidays: US }\n`);
const server = spawn(process.execPath, [join(ROOT, 'standalone/dist/server.mjs'), '--port', '0', '--config', config], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await new Promise((done, failed) => {
    server.stdout.on('data', (said) => {
      const address = /at (http:\/\/\S+)/.exec(String(said))?.[1];
      if (address) {
        done(address);
      }
    });
    server.once('exit', (code) => failed(new Error(`standalone ended with ${code}; is it built?`)));
  });
  for (;;) {
    const { read, total } = await (await fetch(`${url}/api/collection`)).json();
    if (read === total) {
      break;
    }
    await sleep(300);
  }
  await takeAll(url);
} finally {
  // It writes until it has ended.
  const ended = server.exitCode === null && new Promise((done) => server.once('exit', done));
  server.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function takeAll(url) {
  const finder = join(ROOT, 'tests/support/find-chromium.mjs');
  const { executablePath, env } = JSON.parse(execFileSync(process.execPath, [finder], { encoding: 'utf8' }));
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, path, scheme, width, height, ready = hasCards } of PICTURES) {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(url + path);
    await ready(page);
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Panel loading bar"]').length === 0);
    // Charts are drawn a frame after their data came.
    await sleep(1500);
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
    await context.close();
    process.stdout.write(`docs/images/${name}.png\n`);
  }
  await browser.close();
}

async function hasCards(page) {
  await page.locator('[data-row]').first().waitFor();
}
