/** The page itself: one document for every address that is not the API's, its files, and what it is told at its start. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import staticFiles from '@fastify/static';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance, FastifyReply } from 'fastify';

import type { Facts } from '../src/boot/facts';

interface PageOptions {
  /** `standalone/dist`, as `build/page.mjs` leaves it */
  dist: string;
  /** asked for each load: the catalogue may have changed */
  facts: () => Promise<Facts>;
}

/** Names of the built files, which carry hashes of their content. */
interface Built {
  boot: string;
  script: string;
  style: string;
  preload: string[];
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Emotion writes its styles into the document.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export async function page(app: FastifyInstance, { dist, facts }: PageOptions): Promise<void> {
  // Read anew each time: the page may be built again while this runs.
  const document = () => documentOf(JSON.parse(readFileSync(join(dist, 'page.json'), 'utf8')) as Built);

  app.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin');
  });
  await app.register(staticFiles, {
    root: join(dist, 'public/build'),
    prefix: '/public/build/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    setHeaders: (response, path) => {
      // Icons keep their names from release to release.
      if (path.endsWith('.svg')) {
        response.setHeader('cache-control', 'public, max-age=86400');
      }
    },
  });
  await app.register(staticFiles, {
    root: join(dist, 'public/fonts'),
    prefix: '/public/fonts/',
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
  });
  await app.register(staticFiles, {
    root: join(dist, 'public/img'),
    prefix: '/public/img/',
    decorateReply: false,
    maxAge: '1d',
  });

  app.get('/public/facts.js', async (_request, reply) => {
    void reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store');
    return `window.kpiMonitor = ${JSON.stringify(await facts())};\n`;
  });
  for (const path of ['/', '/dashboards', '/dashboards/*', '/d/*', '/a/*', '/alerting']) {
    app.get(path, async (_request, reply) => html(reply).send(document()));
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      return html(reply).status(404).send(document());
    }
    throw new KpiError(
      'NOT_FOUND',
      `there is nothing at ${request.method} ${request.url.split('?')[0]!.slice(0, 200)}`
    );
  });
}

function html(reply: FastifyReply): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', CONTENT_SECURITY_POLICY);
}

function documentOf({ boot, script, style, preload }: Built): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KPI Monitor</title>
<link rel="icon" href="/public/img/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/public/build/${style}">
<script src="/public/facts.js"></script>
<script src="/public/build/${boot}"></script>
<script type="module" src="/public/build/${script}"></script>
${preload.map((name) => `<link rel="modulepreload" href="/public/build/${name}">`).join('\n')}
</head>
<body>
<div id="root"></div>
<noscript>KPI Monitor draws its dashboards with JavaScript: please switch it on.</noscript>
</body>
</html>
`;
}
