/** `npm start`: KPI Monitor in one process. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { asKpiError } from '@kpi-monitor/model/errors';
import pino from 'pino';

import { readArguments, USAGE } from './arguments';
import { openHouse } from './house';
import { createServer, listen } from './server';

/** This file runs as `standalone/dist/server.mjs`. */
const ROOT = resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const { host, port, catalogue, config, help } = readArguments(process.argv.slice(2));
  if (help) {
    say(USAGE);
    return;
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const log = pino({ level: process.env.KPI_LOG ?? 'warn' }, pino.destination(2));
  const house = await openHouse({ config, catalogue, version });
  const app = await createServer({
    engine: house.engine,
    metrics: house.metrics,
    version,
    about: () => ({
      catalogue: { name: house.catalogue.name, demo: house.catalogue.demo, asOf: house.catalogue.as_of },
      weekStart: house.calendar.weekStart,
      locale: house.calendar.locale,
    }),
    root: ROOT,
    host,
    port,
    token: process.env.KPI_TOKEN || undefined,
    log,
  });
  app.addHook('onClose', () => house.close());
  const stop = once(async () => {
    await app.close();
    process.exit(0);
  });
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    say(`KPI Monitor shows ${house.catalogue.name} at ${await listen(app, { host, port })}   (Ctrl+C ends it)`);
  } catch (error) {
    await app.close();
    throw error;
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A second Ctrl+C does not begin a second shutdown. */
function once(run: () => Promise<void>): () => void {
  let running: Promise<void> | undefined;
  return () => void (running ??= run());
}

main().catch((thrown: unknown) => {
  const { code, message } = asKpiError(thrown);
  process.stderr.write(`${code}: ${message}\n`);
  process.exitCode = 1;
});
