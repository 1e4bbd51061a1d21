/** Text of a file, chunk by chunk: unpacked, decoded, its line breaks all `\n`. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import { badFile, isSystemError, unreadable } from './failures';

export type Encoding = NonNullable<FileSource['encoding']>;

export interface TextForm {
  encoding?: Encoding;
  /** bytes when unpacked, default `MOST_BYTES` */
  mostBytes?: number;
}

export const MOST_BYTES = 2 * 1024 ** 3;
const CHUNK = 256 * 1024;
/** What stands for bytes that the encoding does not have. */
export const UNKNOWN_CHARACTER = '\ufffd';

/**
 * Bytes that the encoding does not have become `UNKNOWN_CHARACTER`.
 * @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT for a packed file that is cut off, or more than `mostBytes`
 */
export async function* textOf(path: string, form: TextForm, signal: AbortSignal): AsyncGenerator<string> {
  const { mostBytes = MOST_BYTES } = form;
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  let tail = '';
  try {
    for await (const chunk of bytesOf(path, signal)) {
      decoder ??= decoderFor(chunk, form.encoding, path);
      bytes += chunk.length;
      if (bytes > mostBytes) {
        throw badFile(path, `has more than ${mostBytes} bytes when unpacked; split it`);
      }
      const text = tail + decoder.decode(chunk, { stream: true });
      // A carriage return may be the first half of a line break.
      tail = text.endsWith('\r') ? '\r' : '';
      yield lineBreaks(tail ? text.slice(0, -1) : text);
    }
    yield lineBreaks(tail + (decoder?.decode() ?? ''));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KpiError) {
      throw error;
    }
    throw isSystemError(error)
      ? unreadable(path, error)
      : badFile(path, `is a broken gzip file (${(error as Error).message}); copy it again`, error);
  }
}

async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK, signal });
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) {
    return;
  }
  if (!(first.value[0] === 0x1f && first.value[1] === 0x8b)) {
    try {
      for (let chunk: IteratorResult<Buffer> = first; !chunk.done; chunk = await chunks.next()) {
        yield chunk.value;
      }
    } finally {
      file.destroy();
    }
    return;
  }
  file.destroy();
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // The failure of either comes out of the iteration.
  pipeline(createReadStream(path, { signal }), gunzip, () => {});
  yield* gunzip as AsyncIterable<Buffer>;
}

function decoderFor(head: Buffer, encoding: Encoding | undefined, path: string): TextDecoder {
  const marked =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
          ? 'utf-8'
          : null;
  const chosen = marked ?? encoding ?? 'utf-8';
  if (!chosen.startsWith('utf-16')) {
    const start = head.subarray(0, 4096);
    const zeros = start.filter((byte) => byte === 0).length;
    if (zeros > start.length / 4) {
      const guess = start[0] === 0 ? 'utf-16be' : 'utf-16le';
      throw badFile(
        path,
        `is no ${chosen} text: every fourth byte or more is zero; perhaps set \`encoding: ${guess}\``
      );
    }
  }
  return new TextDecoder(chosen);
}

/** All of them as `\n`. */
export function lineBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
