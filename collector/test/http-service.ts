/** A real HTTP server whose answers a test decides, one after the other. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answering = (response: ServerResponse, received: Received) => void;

export interface Service {
  base: string;
  /** what has come since the last `answer` */
  received: Received[];
  /** The answers to come, in order; the last one is given to all others, too. */
  answer(...answers: Answering[]): void;
  close(): Promise<void>;
}

export async function httpService(): Promise<Service> {
  let answers: Answering[] = [];
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      const next = answers.length > 1 ? answers.shift()! : answers[0]!;
      next(response, received.at(-1)!);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    received,
    answer(...next) {
      answers = next;
      received.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const json =
  (value: unknown, headers: Record<string, string> = {}): Answering =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  };

export const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answering =>
  (response) => {
    response.writeHead(code, headers).end(body);
  };
