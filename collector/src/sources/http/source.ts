/** A JSON answer over HTTP, turned into records by a JSONata expression. */
import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import jsonata, { type Expression } from 'jsonata';

import type { RawRecord, Source, Window } from '../source';

import { fetchText } from './fetch-text';

export interface HttpContext {
  grain: Grain;
  /** puts secrets in for `${env:…}` and `${file:…}` */
  resolve: (text: string) => string;
}

/** @throws KpiError KPI_SOURCE when the mapping or the address cannot be read */
export function createHttpSource(config: HttpSource, context: HttpContext): Source {
  const map = compile(config.map);
  return {
    origin: () => null,
    async *read(window, signal) {
      const bounds = boundsOf(window, context.grain);
      const place = (text: string, encode: (part: string) => string) =>
        text.replaceAll('{from}', encode(bounds.from)).replaceAll('{to}', encode(bounds.to));
      const verbatim = (part: string) => part;
      const headers = Object.entries(config.headers ?? {}).map(([name, value]): [string, string] => [
        name,
        context.resolve(value),
      ]);
      const body = config.body === undefined ? undefined : context.resolve(place(config.body, verbatim));
      const url = context.resolve(place(config.url, encodeURIComponent));
      const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
      const text = await fetchText({
        url,
        shownUrl: place(config.url, encodeURIComponent),
        method: config.method,
        headers: Object.fromEntries([
          ['accept', 'application/json'],
          ...(body !== undefined && !hasType ? [['content-type', 'application/json']] : []),
          ...headers,
        ]),
        body,
        signal,
      });
      yield await records(parse(text, config.url), map, bounds, config);
    },
  };
}

/** The window as dates of the business zone, or as instants for what is finer than a day; `to` is not part of it. */
function boundsOf(window: Window, grain: Grain): { from: string; to: string } {
  const text = (time: number) => (isCivil(grain) ? isoDate(time) : new Date(time).toISOString());
  return { from: text(window.from), to: text(window.to) };
}

function compile(map: string): Expression {
  try {
    return jsonata(map);
  } catch (error) {
    const { message, position } = error as { message: string; position?: number };
    const at = position === undefined ? '' : ` at character ${position}`;
    throw new KpiError('KPI_SOURCE', `the mapping cannot be read${at}: ${message}`, { map });
  }
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const start = text.trimStart().slice(0, 60);
    throw new KpiError(
      'SOURCE_FORMAT',
      `${url} answered with what is not JSON: it begins with \`${start}\``,
      { url },
      { cause: error }
    );
  }
}

async function records(
  answer: unknown,
  map: Expression,
  bounds: { from: string; to: string },
  { url }: HttpSource
): Promise<RawRecord[]> {
  let mapped: unknown;
  try {
    mapped = await map.evaluate(answer, bounds);
  } catch (error) {
    throw new KpiError('SOURCE_FORMAT', `the mapping fails on the answer of ${url}: ${(error as Error).message}`, {
      url,
    });
  }
  if (mapped === undefined) {
    const message = `the mapping finds nothing in the answer of ${url}, which holds ${shape(answer)}; write the mapping in [ ] if no rows are fine`;
    throw new KpiError('SOURCE_FORMAT', message, { url });
  }
  return (Array.isArray(mapped) ? mapped : [mapped]).map((item: unknown, i): RawRecord => {
    const where = `item ${i + 1}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      const broken = `the mapping gives ${JSON.stringify(item)?.slice(0, 80)}, not {period, value, …}`;
      return { period: null, value: null, dims: {}, where, broken };
    }
    const { period, value, weight, ...dims } = item as Record<string, unknown>;
    return { period, value, weight, dims, where };
  });
}

function shape(answer: unknown): string {
  if (Array.isArray(answer)) {
    return `a list of ${answer.length}`;
  }
  return typeof answer === 'object' && answer !== null
    ? `the fields ${Object.keys(answer).slice(0, 20).join(', ') || '(none)'}`
    : `a ${typeof answer}`;
}
