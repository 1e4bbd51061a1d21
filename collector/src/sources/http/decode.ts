/** An answer's bytes as text, and that as JSON. */
import type { IncomingHttpHeaders } from 'node:http';

import { KpiError } from '@kpi-monitor/model/errors';

/** The encoding is the configured one, else what the answer says, else UTF-8. @throws KpiError SOURCE_FORMAT */
export function textOf(body: Buffer, headers: IncomingHttpHeaders, shown: string, configured?: string): string {
  const stated = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const encoding = configured ?? stated ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    const message = `${shown} answers in \`${encoding}\`, an encoding that is not known; set \`encoding\` in the source`;
    throw new KpiError('SOURCE_FORMAT', message, { url: shown }, { cause });
  }
  try {
    return decoder.decode(body);
  } catch (cause) {
    const message = `${shown} answers with bytes that are not ${encoding}; set \`encoding\` in the source, e.g. windows-1252`;
    throw new KpiError('SOURCE_FORMAT', message, { url: shown }, { cause });
  }
}

/** @throws KpiError SOURCE_FORMAT */
export function jsonOf(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${shown} answered with what is not JSON: it ${beginning(text)}`;
    throw new KpiError('SOURCE_FORMAT', message, { url: shown }, { cause });
  }
}

/** A page to sign in has one column, too. @throws KpiError SOURCE_FORMAT */
export function refuseMarkup(text: string, shown: string): void {
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    throw new KpiError('SOURCE_FORMAT', `${shown} answered with what is not CSV: it ${beginning(text)}`, {
      url: shown,
    });
  }
}

function beginning(text: string): string {
  const start = text.trimStart().slice(0, 60);
  return start === '' ? 'is empty' : `begins with \`${start}\``;
}
