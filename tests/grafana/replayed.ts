/** An engine that answers by the evaluation's time what was recorded, a value a KPI and evaluation. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Frame } from '@kpi-monitor/model/query/frames';

/** Of evaluations. */
export const STEP = 10_000;

/** `gone`: there is no frame; `refused`: the whole answer is an error. */
export type Recorded = number | null | 'refused' | 'gone';

export interface Replayed {
  url: string;
  /** instant of the first recorded evaluation */
  start: number;
  /** which evaluation this instant belongs to, from 0 to the last of the sequence */
  stepAt(time: number, length: number): number;
  close(): void;
}

export interface Question {
  type: string;
  kpis: readonly string[];
  time: number;
}

/** The data source's backend gives each query its own range. */
interface Asked {
  queries?: Array<{
    refId: string;
    type?: string;
    select?: { kpis?: string[] };
    to?: string | number;
    timeRange?: { to: string | number };
  }>;
  to?: string | number;
}

export async function openReplayed(answer: (question: Question) => Frame[] | 'refused'): Promise<Replayed> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { queries = [], to } = (text ? JSON.parse(text) : {}) as Asked;
      const results = queries.map((query) => {
        const time = Number(to ?? query.timeRange?.to ?? query.to);
        const frames = answer({ type: query.type ?? '', kpis: query.select?.kpis ?? [], time });
        const refused = { status: 400, error: 'QUERY_TYPE: refused as recorded' };
        return [query.refId, frames === 'refused' ? refused : { status: 200, frames }];
      });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ results: Object.fromEntries(results) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const start = Math.ceil(Date.now() / STEP) * STEP + 2 * STEP;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    start,
    stepAt: (time, length) => Math.max(0, Math.min(length - 1, Math.floor((time - start) / STEP))),
    close: () => server.close(),
  };
}

/** One number with its labels, as an alert rule reads it. */
export function numberFrame(value: number | null, labels: Record<string, string>): Frame {
  return {
    schema: {
      meta: { type: 'numeric-multi', typeVersion: [0, 1] },
      fields: [{ name: 'value', type: 'number', typeInfo: { frame: 'float64', nullable: true }, labels }],
    },
    data: { values: [[value]] },
  };
}
