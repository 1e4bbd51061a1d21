/** A Chromium for the end-to-end tests, and pages in it that note what went wrong in them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Milliseconds for whatever is waited for in a page: a loaded machine may need most of them. */
const PATIENCE = 120_000;

export async function launchBrowser(): Promise<Browser> {
  const found = execFileSync(process.execPath, [join(process.cwd(), 'tests/support/find-chromium.mjs')], {
    encoding: 'utf8',
  });
  const { executablePath, env } = JSON.parse(found) as { executablePath: string; env: Record<string, string> };
  const environment = { ...process.env, ...env } as Record<string, string>;
  return chromium.launch({ executablePath, args: ARGS, env: environment, timeout: PATIENCE });
}

export interface WatchedPage {
  page: Page;
  /** errors in the console, uncaught ones, and answers of 400 and above, in order */
  wrong: string[];
}

/** A page of a new visitor, whose clock is set to a place far from UTC: dates must not shift. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    // Else the browser calls itself `en-US@posix` here, which Intl refuses.
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  return { page, wrong };
}
