/** Who gets in: on loopback this machine alone, under its own names; beyond it, whoever has the token. */
import { createHash, timingSafeEqual } from 'node:crypto';

import { guardHosts, LOOPBACK_HOSTS } from '@kpi-monitor/engine/http/guard';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export const isLoopback = (host: string): boolean => LOOPBACK.includes(host);

/** @throws KpiError ACCESS_TOKEN when it would be open beyond this machine without a token */
export function guard(app: FastifyInstance, { host, token }: { host: string; token?: string }): void {
  if (isLoopback(host) && !token) {
    guardHosts(app, LOOPBACK_HOSTS);
    return;
  }
  if (!token) {
    const message = `--host ${host} opens KPI Monitor to other machines: set a token of 16 characters or more in KPI_TOKEN, or leave --host out`;
    throw new KpiError('ACCESS_TOKEN', message);
  }
  if (token.length < 16) {
    throw new KpiError('ACCESS_TOKEN', `the token in KPI_TOKEN has ${token.length} characters; give it 16 or more`);
  }
  const wanted = digest(token);
  app.addHook('onRequest', async (request, reply) => {
    const { authorization, origin, host: asked = '' } = request.headers;
    if (!timingSafeEqual(digest(tokenIn(authorization)), wanted)) {
      // Browsers ask for it in a window of their own.
      void reply.header('www-authenticate', 'Basic realm="KPI Monitor: the token as password", charset="UTF-8"');
      throw new KpiError('ACCESS_TOKEN', 'the token is missing or wrong; it is what KPI_TOKEN holds on the server');
    }
    // A browser sends a known password along with what other pages make it ask.
    if (origin !== undefined && hostOf(origin) !== asked.toLowerCase()) {
      throw new KpiError('ACCESS_HOST', `pages of \`${origin.slice(0, 200)}\` may not ask here`);
    }
  });
}

/** From `Bearer <token>`, or `Basic` with the token as password and any user. */
function tokenIn(authorization = ''): string {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer') {
    return value;
  }
  const pair = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : '';
  return pair.slice(pair.indexOf(':') + 1);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host.toLowerCase();
  } catch {
    return null;
  }
}
