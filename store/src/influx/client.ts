/** Talks to InfluxDB: `/ping`, `/write` and `/query`, which all its editions have. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isDeepStrictEqual } from 'node:util';

import { HttpError, InfluxDB } from '@influxdata/influxdb-client';
import { KpiError } from '@kpi-monitor/model/errors';

import { codeOf, refused, unreachable } from './failures';

export interface InfluxConnection {
  url: string;
  /** an API token; `user:password` on InfluxDB 1.x with authentication */
  token: string;
  /** only for servers that ask for it beside the token */
  org?: string;
  /** a request that takes longer is given up */
  timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** One series of an InfluxQL answer. */
export interface ResultSeries {
  tags: Record<string, string>;
  /** in the order of the statement's fields, the time first */
  values: Array<Array<number | string | null>>;
}

/** What a request is about, for the message when it fails. */
interface Asked {
  database?: string;
  faulty?: 'RECORD_REFUSED' | 'STORE_REFUSED';
}

/** One part of an answer; a long series goes on in the next part. */
interface AnswerPart {
  results?: Array<{ series?: Array<Partial<ResultSeries>>; error?: string }>;
}

export class InfluxClient {
  /** the address, without secrets */
  readonly place: string;
  private readonly transport: InfluxDB['transport'];
  private readonly agent: HttpAgent;
  private readonly org: string;
  private readonly timeoutMs: number;

  /** @throws KpiError CONFIG_FILE for an address that is none */
  constructor({ url, token, org, timeoutMs = DEFAULT_TIMEOUT_MS }: InfluxConnection) {
    const address = addressOf(url);
    this.place = `InfluxDB at ${address.origin}${address.pathname.replace(/\/$/, '')}`;
    this.agent =
      address.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    // a user and a password, which 1.x before 1.8 takes in no other way
    const access = token.includes(':') ? { headers: { authorization: basic(token) } } : { token };
    const transportOptions = { agent: this.agent };
    this.transport = new InfluxDB({ url, ...access, timeout: timeoutMs, transportOptions }).transport;
    this.org = org ? `&org=${encodeURIComponent(org)}` : '';
    this.timeoutMs = timeoutMs;
  }

  /** The server's version, `1.6.7` or `2.7.12`. @throws KpiError STORE_UNREACHABLE */
  async version(): Promise<string> {
    let version = '';
    await this.attempt(() =>
      this.transport.request('/ping', undefined, { method: 'GET', signal: this.limit() }, (headers) => {
        version = String(headers['x-influxdb-version'] ?? '');
      })
    );
    return version.replace(/^v/, '');
  }

  /**
   * Writes lines of line protocol.
   * @throws KpiError RECORD_REFUSED when the server found fault with a line, STORE_UNREACHABLE, STORE_REFUSED
   */
  async write(database: string, lines: readonly string[], precision: 'ms' | 'ns'): Promise<void> {
    const path = `/write?db=${encodeURIComponent(database)}&precision=${precision}${this.org}`;
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    await this.attempt(
      () => this.transport.request(path, lines.join('\n'), { method: 'POST', headers, signal: this.limit() }),
      { database, faulty: 'RECORD_REFUSED' }
    );
  }

  /** Runs one InfluxQL statement; times are epoch milliseconds. @throws KpiError STORE_UNREACHABLE, STORE_REFUSED */
  async query(database: string, statement: string): Promise<ResultSeries[]> {
    // in parts, since an answer in one piece is cut at the server's max-row-limit
    const path = `/query?db=${encodeURIComponent(database)}&epoch=ms&chunked=true${this.org}`;
    // in the body, since a question about many KPIs is longer than an address may be
    const body = `q=${encodeURIComponent(statement)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const text = await this.attempt(
      async () => {
        const parts: Uint8Array[] = [];
        for await (const part of this.transport.iterate(path, body, {
          method: 'POST',
          headers,
          signal: this.limit(),
        })) {
          parts.push(part);
        }
        return Buffer.concat(parts).toString('utf8');
      },
      { database }
    );
    return this.seriesOf(text);
  }

  close(): void {
    this.agent.destroy();
  }

  private seriesOf(text: string): ResultSeries[] {
    const series: ResultSeries[] = [];
    for (const part of this.partsOf(text)) {
      const result = part.results?.[0] ?? {};
      if (result.error) {
        throw new KpiError('STORE_REFUSED', `${this.place}: ${result.error}`);
      }
      for (const { tags = {}, values = [] } of result.series ?? []) {
        const last = series.at(-1);
        if (last && isDeepStrictEqual(last.tags, tags)) {
          last.values = last.values.concat(values);
        } else {
          series.push({ tags, values });
        }
      }
    }
    return series;
  }

  private partsOf(text: string): AnswerPart[] {
    try {
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as AnswerPart);
    } catch (cause) {
      const options = { cause };
      throw new KpiError('STORE_UNREACHABLE', `${this.place} answers with something that is no JSON`, {}, options);
    }
  }

  private limit(): AbortSignal {
    return AbortSignal.timeout(this.timeoutMs);
  }

  /** Tries once more when a kept connection turns out to be closed: all requests here may be repeated. */
  private async attempt<T>(request: () => Promise<T>, asked: Asked = {}, again = true): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (again && ['ECONNRESET', 'EPIPE'].includes(codeOf(error))) {
        return this.attempt(request, asked, false);
      }
      throw error instanceof HttpError
        ? refused(error, this.place, asked.database ?? '', asked.faulty ?? 'STORE_REFUSED')
        : unreachable(error, this.place, this.timeoutMs);
    }
  }
}

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new KpiError('CONFIG_FILE', `\`${url}\` is no address of InfluxDB; write one like http://127.0.0.1:8086`);
  }
  if (address.username || address.password) {
    throw new KpiError(
      'CONFIG_FILE',
      `the address of InfluxDB at ${address.host} carries a password; use token instead`
    );
  }
  return address;
}
