/** Grafana's provisioning API in memory, as far as `kpi alerts` uses it; the real one is asked in tests/grafana. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GrafanaDouble {
  url: string;
  /** what is kept, by path */
  kept: Map<string, unknown>;
  /** `PUT /path` of every change, in order */
  changes: string[];
  /** answers a change of this path with this status */
  refuse?: { path: RegExp; status: number; message: string };
  close(): Promise<void>;
}

const API = '/api/v1/provisioning';

interface Group {
  title: string;
  rules: Array<{ uid: string; folderUID: string }>;
}

export async function startGrafanaDouble(): Promise<GrafanaDouble> {
  const kept = new Map<string, unknown>([
    [`${API}/policies`, { receiver: 'grafana-default-email', routes: [] }],
    [`${API}/contact-points`, []],
    [`${API}/mute-timings`, []],
    [`${API}/alert-rules`, []],
  ]);
  const list = (name: string) => kept.get(`${API}/${name}`) as Array<Record<string, unknown>>;
  const double: GrafanaDouble = { url: '', kept, changes: [], close: async () => undefined };

  const change = (method: string, path: string, body: Record<string, unknown>) => {
    const [, kind, uid] = /\/(alert-rules|contact-points)\/([^/]+)$/.exec(path) ?? [];
    if (method === 'DELETE') {
      kept.set(
        `${API}/${kind}`,
        list(kind!).filter((one) => one.uid !== uid)
      );
    } else if (method === 'POST' && path === '/api/folders') {
      kept.set(`/api/folders/${String(body.uid)}`, body);
    } else if (method === 'POST') {
      (kept.get(path) as unknown[]).push(body);
    } else {
      kept.set(path, body);
      if (path.includes('/rule-groups/')) {
        const { rules } = body as unknown as Group;
        const others = list('alert-rules').filter((one) => !rules.some((rule) => rule.uid === one.uid));
        kept.set(`${API}/alert-rules`, [...others, ...rules]);
      }
    }
  };

  const server = createServer((request, response) => {
    const path = request.url!;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
      if (request.headers.authorization !== 'Bearer good') {
        return answer(401, { message: 'Invalid API key' });
      }
      if (request.method === 'GET') {
        return kept.has(path) ? answer(200, kept.get(path)) : answer(404, { message: 'not found' });
      }
      if (double.refuse?.path.test(path)) {
        return answer(double.refuse.status, { message: double.refuse.message });
      }
      if (request.headers['x-disable-provenance'] !== 'true') {
        return answer(400, { message: 'this would be read-only in Grafana' });
      }
      const text = Buffer.concat(chunks).toString();
      change(request.method!, path, text ? (JSON.parse(text) as Record<string, unknown>) : {});
      double.changes.push(`${request.method} ${path}`);
      return answer(200, {});
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  double.close = () => new Promise((done) => server.close(() => done()));
  return double;
}
