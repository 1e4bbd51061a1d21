/** `npm start`: KPI Monitor in one process. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openHouse } from '@kpi-monitor/cli/compose/house';
import { announceInstance } from '@kpi-monitor/cli/compose/instance';
import { readConfig } from '@kpi-monitor/cli/config/read';
import { watchedConfig } from '@kpi-monitor/cli/config/watched';
import { asKpiError } from '@kpi-monitor/model/errors';
import pino from 'pino';

import { createAlerting } from '../alerting/alerting';

import { alertingOptions } from './alerting';
import { readArguments, USAGE } from './arguments';
import { createServer, listen } from './server';

/** This file runs as `standalone/dist/server.mjs`. */
const ROOT = resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const { host, port, help, ...wanted } = readArguments(process.argv.slice(2));
  if (help) {
    say(USAGE);
    return;
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const log = pino({ level: process.env.KPI_LOG ?? 'warn' }, pino.destination(2));
  const config = readConfig(wanted);
  const house = await openHouse(config, {
    ...{ version, log, worker: new URL('./worker.mjs', import.meta.url) },
    current: watchedConfig(config, wanted, { log }),
  });
  const token = process.env.KPI_TOKEN || undefined;
  const at = { url: '' };
  const alerting = createAlerting({ ...alertingOptions(house, ROOT), externalURL: () => `${at.url}/`, log });
  const app = await createServer({ house, alerting, version, root: ROOT, host, token, log }).catch(
    async (error: unknown) => {
      await house.close();
      throw error;
    }
  );
  app.addHook('onClose', async () => {
    await alerting.stop();
    await house.close();
  });

  const url = await listen(app, { host, port }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  at.url = url;
  const withdraw = announceInstance(config.dataFolder, { pid: process.pid, url, token });
  const stop = once(async () => {
    withdraw();
    await app.close();
    process.exit(0);
  });
  process.on('SIGINT', stop).on('SIGTERM', stop);
  say(`KPI Monitor shows ${house.catalogue.name} at ${url}   (Ctrl+C ends it)`);
  await house.engine.handling.watch();
  // Pages are served while the first collection reads years of history.
  house.collector.start();
  house.foresight.start();
  house.scoring.start();
  house.notes.start();
  house.watch.start();
  await alerting.start();
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
