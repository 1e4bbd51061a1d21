/**
 * Prints, as JSON, a Chromium that starts on this machine: the system's, else the one that comes inside of npm.
 * A program of its own, since `@sparticuz/chromium` looks at the environment while it is imported.
 */
import { existsSync } from 'node:fs';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {Promise<{executablePath: string, env: Record<string, string>}>} */
async function find() {
  const system = process.env.CHROMIUM ?? SYSTEM.find((path) => existsSync(path));
  if (system) {
    return { executablePath: system, env: {} };
  }
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return { executablePath: await chromium.executablePath(), env: { LD_LIBRARY_PATH: '/tmp/al2023/lib' } };
}

process.stdout.write(JSON.stringify(await find()));
