/** Which page comes after a page, and when there is none: never in circles, never to somebody else. */
import { createHash } from 'node:crypto';

import type { HttpPages } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import type { Exchanged } from './exchange';
import type { JsonExpression } from '../expression';

/** What `{page}` stands for in a request, or where the next one goes. */
export type Page = { place: string } | { url: URL };

export interface PageAnswer extends Exchanged {
  json: unknown;
  /** how many records it gave */
  records: number;
}

export interface Pages {
  /**
   * The page after this answer; null when it was the last.
   * @throws KpiError SOURCE_FORMAT for a circle, too many pages, or another server
   */
  after(answer: PageAnswer): Promise<Page | null>;
}

export interface PagesOptions {
  pages: HttpPages | undefined;
  /** `pages.next`, where there is one */
  next: JsonExpression | null;
  /** where the first request goes */
  address: URL;
  shown: string;
}

export function firstPage(pages: HttpPages | undefined): Page {
  return { place: pages && 'start' in pages ? String(pages.start) : '' };
}

/** One walk through the pages of an address. */
export function createPages({ pages, next, address, shown }: PagesOptions): Pages {
  const seen = new Set([address.href]);
  let count = 0;
  let last = '';

  return {
    async after(answer) {
      count++;
      const page = pages ? await successor(pages, answer) : null;
      if (page === null) {
        return null;
      }
      const body = createHash('sha256').update(answer.body).digest('hex');
      if (body === last && answer.records > 0) {
        throw failure(`page ${count} of ${shown} is page ${count - 1} again; does it know of pages by that name?`);
      }
      last = body;
      const name = 'url' in page ? page.url.href : page.place;
      if (seen.has(name)) {
        throw failure(`page ${count} of ${shown} leads back to an earlier one`);
      }
      seen.add(name);
      if (count >= pages!.most) {
        throw failure(`${shown} has more than ${pages!.most} pages; ask for less, or raise \`pages.most\``);
      }
      return page;
    },
  };

  async function successor(kind: HttpPages, { records, headers, url, json }: PageAnswer): Promise<Page | null> {
    switch (kind.kind) {
      case 'page':
        return records === 0 ? null : { place: String(kind.start + count) };
      case 'offset':
        return records === 0 ? null : { place: String(kind.start + count * kind.step) };
      case 'link':
        return addressed(linkOf(String(headers.link ?? ''), 'next'), url);
      case 'url':
      case 'cursor': {
        const found = await next!.on(json, { headers }, `the answer of ${shown}`);
        if (found === undefined || found === null || found === '' || found === false) {
          return null;
        }
        if (typeof found !== 'string' && typeof found !== 'number') {
          throw failure(`\`pages.next\` gives no text on page ${count} of ${shown}`);
        }
        return kind.kind === 'url' ? addressed(String(found), url) : { place: String(found) };
      }
    }
  }

  /** Credentials go along, so it has to be the same server. */
  function addressed(target: string | null, from: URL): Page | null {
    if (target === null) {
      return null;
    }
    const url = URL.canParse(target, from) ? new URL(target, from) : null;
    if (url?.origin !== address.origin) {
      const where = url ? url.origin : 'what is no address';
      throw failure(`the next page of ${shown} is at ${where}; what is asked at ${address.origin} stays there`);
    }
    return { url };
  }

  function failure(message: string): KpiError {
    return new KpiError('SOURCE_FORMAT', message, { url: shown });
  }
}

/** The target of a `Link` header (RFC 8288) whose `rel` has the word; null when none has. */
export function linkOf(header: string, rel: string): string | null {
  for (const [, target, parameters = ''] of header.matchAll(
    /<([^<>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g
  )) {
    const words = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    if ((words?.[1] ?? words?.[2] ?? '').toLowerCase().split(/\s+/).includes(rel)) {
      return target!;
    }
  }
  return null;
}
