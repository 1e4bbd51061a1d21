/** A root folder and a house of the smallest kind, for tests of the server. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openHouse } from '@kpi-monitor/cli/compose/house';
import { readConfig } from '@kpi-monitor/cli/config/read';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';

import { createAlerting } from '../alerting/alerting';

import { alertingOptions } from './alerting';
import { createServer } from './server';

const FILES: Record<string, string> = {
  'kpis/revenue.yaml':
    'id: revenue\nname: Revenue\ncategory: financial\nkind: flow\ndimensions: [region, channel]\nsource: { kind: demo }\n',
  'kpi-monitor.yaml': 'version: 1\n',
  'dashboards/overview.json': '{"uid": "kpi-overview", "title": "Overview", "tags": ["kpi-monitor"], "panels": []}',
  'kpis/dashboards/own.json': '{"uid": "own", "title": "The catalogue’s own", "panels": []}',
  'dashboards/by-category/money.json': '{"uid": "money", "title": "What we earn", "panels": []}',
  'plugins/kpimonitor-test-panel/dist/module.js': 'define([], () => ({}))',
  'plugins/kpimonitor-test-panel/dist/gpx_secret_linux_amd64': 'binary',
  'plugins/kpimonitor-test-panel/dist/plugin.json':
    '{"id": "kpimonitor-test-panel", "type": "panel", "name": "Test", "info": {"logos": {"small": "img/logo.svg", "large": "img/logo.svg"}}}',
  'plugins/kpimonitor-test-app/dist/module.js': 'define([], () => ({}))',
  'plugins/kpimonitor-test-app/dist/plugin.json':
    '{"id": "kpimonitor-test-app", "type": "app", "name": "Test", "info": {"logos": {}}, "includes": [{"type": "page", "name": "KPIs", "path": "/a/kpimonitor-test-app/kpis", "addToNav": true}]}',
  'standalone/dist/page.json': '{"boot": "boot-1.js", "script": "main-1.js", "style": "main-1.css", "preload": []}',
  'standalone/dist/public/build/main-1.js': 'export {};',
  'standalone/dist/public/build/main-1.js.gz': 'compressed',
  'standalone/dist/public/fonts/inter/Inter-Regular.woff2': 'font',
  'standalone/dist/public/img/icon.svg': '<svg/>',
  'secret.txt': 'not to be served',
};

export interface Served {
  app: FastifyInstance;
  close(): Promise<void>;
}

export async function serve(access: { host?: string; token?: string } = {}): Promise<Served> {
  const root = mkdtempSync(join(tmpdir(), 'kpi-server-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const house = await openHouse(readConfig({ cwd: root }), { version: '1.2.3' });
  const log = pino({ level: 'silent' });
  const close = async () => {
    await house.close();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    const alerting = createAlerting({ ...alertingOptions(house, root), log });
    const app = await createServer({ house, alerting, version: '1.2.3', root, host: '127.0.0.1', log, ...access });
    await app.ready();
    return { app, close: async () => app.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
}
