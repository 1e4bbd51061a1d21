/** Who is told: a loopback server that keeps what it is sent, by the path it was sent to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ToldAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  fingerprint: string;
}

/** Grafana's own webhook JSON, as far as tests look at it. */
export interface Message {
  status: 'firing' | 'resolved';
  title: string;
  message: string;
  alerts: ToldAlert[];
}

export interface Heard {
  /** epoch milliseconds */
  at: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

export interface Receiver {
  url(path: string): string;
  heard(path: string): Heard[];
  /** what was sent to a path, oldest first */
  told(path: string): Message[];
  /** "firing: title" of each, for comparing all at once */
  titles(path: string): string[];
  close(): void;
}

export async function openReceiver(): Promise<Receiver> {
  const byPath = new Map<string, Heard[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url!.slice(1);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      byPath.set(path, [...(byPath.get(path) ?? []), { at: Date.now(), headers: request.headers, body }]);
      response.end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const heard = (path: string) => byPath.get(path) ?? [];
  const told = (path: string) => heard(path).map(({ body }) => body as Message);
  return {
    url: (path) => `http://127.0.0.1:${port}/${path}`,
    heard,
    told,
    titles: (path) => told(path).map(({ status, title }) => `${status}: ${title}`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
