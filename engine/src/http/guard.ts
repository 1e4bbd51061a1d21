/**
 * Refuses requests that name another host or come from another origin. Without it any web page could reach a service
 * on loopback through a name of its own that resolves to 127.0.0.1 (DNS rebinding).
 */
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';

/** Names of this machine to itself. */
export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** @param hosts names that are served, without port; each with any port */
export function guardHosts(app: FastifyInstance, hosts: readonly string[]): void {
  const served = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook('onRequest', async (request) => {
    const { host = '', origin } = request.headers;
    const name = hostName(`http://${host}`);
    if (name === null || !served.has(name)) {
      const message = `\`${host.slice(0, 200)}\` is not served here; open it as ${hosts.join(' or ')}, or add the name to the hosts`;
      throw new KpiError('ACCESS_HOST', message);
    }
    if (origin !== undefined && (hostName(origin) === null || !served.has(hostName(origin)!))) {
      throw new KpiError('ACCESS_HOST', `pages of \`${origin.slice(0, 200)}\` may not ask here`);
    }
  });
}

function hostName(url: string): string | null {
  try {
    return new URL(url).hostname.toLowerCase();
  } catch {
    return null;
  }
}
