/** An InfluxDB that misbehaves in every way that one can, by a seed; it remembers what it has stored. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandIn {
  url: string;
  stored: Set<number>;
  /** points that no store would take */
  refused: Set<number>;
  /** how often each behaviour was shown */
  shown: Record<string, number>;
  behaves: boolean;
  close(): Promise<void>;
}

const WAYS = ['204', '204', '204', '204', '401', '429', '503', 'hang', 'reset', 'reset mid-body', 'stored, unsaid'];

/** Ids divisible by this are points that the store refuses, with the batch that they are in. */
export const POISON = 97;

/** @param random numbers from 0 to below 1 */
export async function startStandIn(random: () => number): Promise<StandIn> {
  const standIn = { stored: new Set<number>(), refused: new Set<number>(), shown: {} as Record<string, number> };
  const state = { ...standIn, url: '', behaves: false, close: async () => {} };
  const server: Server = createServer((request, response) => {
    const way = state.behaves ? '204' : WAYS[Math.floor(random() * WAYS.length)]!;
    state.shown[way] = (state.shown[way] ?? 0) + 1;
    if (way === 'reset mid-body') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const ids = [...body.matchAll(/value=(\d+)/g)].map(([, id]) => Number(id));
      const answer = (status: number, headers = {}, text = '') => response.writeHead(status, headers).end(text);
      const bad = ids.filter((id) => id % POISON === 0);
      const store = () => ids.forEach((id) => state.stored.add(id));
      switch (way) {
        case '401':
          return answer(401, {}, '{"error":"unauthorized"}');
        case '429':
          return answer(429, { 'retry-after': '0' }, '{"error":"too many"}');
        case '503':
          return answer(503, {}, '{"error":"unavailable"}');
        case 'hang':
          return undefined;
        case 'reset':
          return request.socket.destroy();
        case 'stored, unsaid':
          if (bad.length === 0) {
            store();
          }
          return request.socket.destroy();
        default:
          if (bad.length > 0) {
            if (ids.length === 1) {
              state.refused.add(ids[0]!);
            }
            return answer(400, {}, '{"error":"partial write: field type conflict"}');
          }
          store();
          return answer(204);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return state;
}
