/** What a server answers over HTTP, page by page: JSON that an expression turns into records, or CSV. */
import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Grain } from '@kpi-monitor/model/time/grain';

import { milliseconds } from '../../duration';
import { expression } from '../expression';
import { recordsOfCsv } from '../file/csv';
import { nothingMapped, recordsOfMapped } from '../mapped';
import { type DuePeriod, isYes, notReady } from '../readiness';
import { EVERYTHING, type RawRecord, type Source } from '../source';

import { createAuthorization } from './authorization';
import type { CursorMemory } from './cursor-memory';
import { jsonOf, refuseMarkup, textOf } from './decode';
import { exchange, type Exchanged } from './exchange';
import { createPages, firstPage, type Page } from './pages';
import { requestOf } from './request';
import { LONGEST_PAUSE, retrying } from './retry';
import { createSecrets } from './secrets';
import { boundsOf } from './template';

export interface HttpContext {
  grain: Grain;
  /** puts secrets in for `${env:…}` and `${file:…}` */
  resolve: (text: string) => string;
  clock?: () => number;
  /** where it keeps its `cursor` */
  memory?: CursorMemory;
  /** the last period that is over, for `ready_when` */
  due?: () => DuePeriod;
  /** milliseconds before a first repeat */
  firstPause?: number;
}

/** Of one answer, and of all pages of a read. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
export const MAX_READ_BYTES = 8 * MAX_ANSWER_BYTES;

/** @throws KpiError KPI_SOURCE when an expression cannot be read */
export function createHttpSource(config: HttpSource, context: HttpContext): Source {
  const { pages, memory } = { ...config, ...context };
  const map = config.format === 'json' ? expression(config.map!, 'mapping') : null;
  const next = pages && 'next' in pages ? expression(pages.next, '`pages.next`') : null;
  const cursorOf = config.cursor === undefined ? null : expression(config.cursor, '`cursor`');
  const readyWhen = config.ready_when === undefined ? null : expression(config.ready_when, '`ready_when`');
  const secrets = createSecrets(context.resolve);
  const timeout = milliseconds(config.timeout);
  const patience = { retries: config.retries, firstPause: context.firstPause };
  const limits = { timeout, maxBytes: MAX_ANSWER_BYTES };
  const authorization = createAuthorization(config.auth, {
    secrets,
    clock: context.clock ?? Date.now,
    async send({ url, headers, body }, signal) {
      const request = { url: new URL(url), shown: url, method: 'POST', headers, body, signal, ...limits };
      const answer = await retrying(() => exchange(request), { ...patience, until: lastBegin(), signal });
      return answer.body.toString('utf8');
    },
  });
  /** What the newest read has come to, until its records are safe. */
  let reached: string | null = null;

  const lastBegin = () => Date.now() + Math.max(milliseconds(config.every), timeout);

  async function ask(make: (header: string | null) => ReturnType<typeof requestOf>, signal: AbortSignal) {
    const once = async () => exchange({ ...make(await authorization.header(signal)), ...limits, signal });
    const trying = () => retrying(once, { ...patience, until: lastBegin(), signal });
    try {
      return await trying();
    } catch (error) {
      const isRefused = error instanceof KpiError && error.details?.status === 401;
      // The token may have been withdrawn before its time.
      if (isRefused && authorization.renew()) {
        return trying();
      }
      throw error;
    }
  }

  async function recordsOf(
    answer: Exchanged,
    json: unknown,
    text: string,
    page: number,
    bounds: object
  ): Promise<RawRecord[]> {
    if (map === null) {
      return csvRecords(text, config);
    }
    const answered = `the answer of ${config.url}`;
    const mapped = await map.on(json, { ...bounds, headers: answer.headers }, answered);
    if (mapped === undefined && page === 1) {
      throw nothingMapped(json, answered);
    }
    return mapped === undefined ? [] : recordsOfMapped(mapped);
  }

  return {
    isPartial: cursorOf !== null,
    resumes: cursorOf !== null,
    patience: (config.retries + 1) * timeout * 2 + config.retries * LONGEST_PAUSE,
    origin: () => null,
    async *read(window, signal) {
      reached = null;
      const resumes = cursorOf !== null && window.from === EVERYTHING;
      const cursor = (resumes ? await memory?.read() : null) ?? config.cursor_start;
      const bounds = boundsOf(window, context.grain);
      try {
        const make = (page: Page, header: string | null) =>
          requestOf(config, { ...bounds, cursor }, page, { header, resolve: secrets.resolve });
        const { url: address, shown } = make(firstPage(pages), null);
        const walk = createPages({ pages, next, address, shown });
        let bytes = 0;
        let count = 0;
        for (let page: Page | null = firstPage(pages); page; count++) {
          const here: Page = page;
          const answer = await ask((header) => make(here, header), signal);
          bytes += answer.body.length;
          if (bytes > MAX_READ_BYTES) {
            const message = `${shown} has pages of more than ${MAX_READ_BYTES} bytes together; ask for less`;
            throw new KpiError('SOURCE_FORMAT', message, { url: shown });
          }
          const text = textOf(answer.body, answer.headers, shown, config.encoding);
          const json = map === null ? undefined : jsonOf(text, shown);
          const due = context.due?.();
          if (readyWhen && due && count === 0 && window.to > due.from) {
            const bindings = { ...boundsOf(due, context.grain), headers: answer.headers };
            if (!isYes(await readyWhen.on(json, bindings, `the answer of ${shown}`))) {
              throw notReady(due);
            }
          }
          const records = await recordsOf(answer, json, text, count + 1, bounds);
          yield records;
          if (cursorOf && resumes) {
            reached =
              placeOf(await cursorOf.on(json, { headers: answer.headers }, `the answer of ${shown}`), shown) ?? reached;
          }
          page = await walk.after({ ...answer, json, records: records.length });
        }
      } catch (error) {
        reached = null;
        if (error instanceof Error) {
          error.message = secrets.hide(error.message);
        }
        throw error;
      }
    },
    async kept() {
      if (reached !== null) {
        await memory?.write(reached);
        reached = null;
      }
    },
  };
}

const LONGEST_CURSOR = 4096;

function placeOf(found: unknown, shown: string): string | null {
  if (found === undefined || found === null || found === '') {
    return null;
  }
  const text = typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  if (text === '' || text.length > LONGEST_CURSOR) {
    const message = `\`cursor\` gives no text of at most ${LONGEST_CURSOR} characters on the answer of ${shown}`;
    throw new KpiError('SOURCE_FORMAT', message, { url: shown });
  }
  return text;
}

async function csvRecords(text: string, { url, columns }: HttpSource): Promise<RawRecord[]> {
  refuseMarkup(text, url);
  const { format, ...others } = columns!;
  return recordsOfCsv(text, `the answer of ${url}`, { ...others, period_format: format });
}
