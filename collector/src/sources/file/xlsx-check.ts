/** Looks through a workbook before it is loaded: a small file can unpack to a huge one, or speak of endless cells. */
import JSZip from 'jszip';

import { badFile } from './failures';

/** Of all that is in the file. A workbook takes about fifteen times that in memory. */
export const MOST_UNPACKED_BYTES = 48 * 1024 ** 2;
export const MOST_MERGED_CELLS = 1_000_000;
const MOST_ROWS = 1_048_576;

export interface CheckedWorkbook {
  /** what dates are counted from, and how the file says so */
  dateSystem: '1900' | '1904' | '1904, as true';
}

/** @throws KpiError SOURCE_FORMAT */
export async function checkWorkbook(bytes: Buffer, path: string, signal: AbortSignal): Promise<CheckedWorkbook> {
  let zip: JSZip;
  try {
    zip = await JSZip.loadAsync(bytes);
  } catch (error) {
    throw badFile(path, `is no whole workbook: its end is missing or broken; copy it again`, error);
  }
  if (!zip.file('xl/workbook.xml')) {
    throw badFile(path, 'is a ZIP file, but no workbook (.xlsx); unpack it, or set `format`');
  }
  let left = MOST_UNPACKED_BYTES;
  let merged = 0;
  let dateSystem: CheckedWorkbook['dateSystem'] = '1900';
  const look = (name: string, text: string) => {
    if (name === 'xl/workbook.xml') {
      const [, said] = /\bdate1904\s*=\s*["'](1|true)["']/.exec(text) ?? [];
      dateSystem = said === '1' ? '1904' : said === 'true' ? '1904, as true' : dateSystem;
    }
    for (const [, from, to] of text.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']/g)) {
      merged += areaOf(from!, to!);
    }
    if (merged > MOST_MERGED_CELLS) {
      throw badFile(path, `merges more than ${MOST_MERGED_CELLS} cells; take the merges out, or save the sheet as CSV`);
    }
    for (const [, row] of text.matchAll(/<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d+)["']/g)) {
      if (Number(row) > MOST_ROWS) {
        throw badFile(path, `has a row ${row!.slice(0, 30)}; ${MOST_ROWS} are the most that a sheet has: save it anew`);
      }
    }
  };
  for (const entry of Object.values(zip.files)) {
    signal.throwIfAborted();
    if (!entry.dir) {
      left -= await walk(entry, left, (text) => look(entry.name, text), path);
    }
  }
  return { dateSystem };
}

/** Characters of a tag; a longer one is none of those that are looked for. */
const LONGEST_TAG = 10_000;

/** Unpacked bytes of an entry, none of which are kept. */
function walk(entry: JSZip.JSZipObject, most: number, look: (text: string) => void, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0;
    let tail = '';
    const isXml = /\.xml$/i.test(entry.name);
    const stream = entry.nodeStream();
    const fail = (error: unknown) => {
      stream.pause();
      stream.removeAllListeners('data');
      reject(error);
    };
    stream.on('error', (error) => fail(badFile(path, `is a broken workbook (${error.message}); copy it again`, error)));
    stream.on('end', () => resolve(size));
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        const message = `unpacks to more than ${MOST_UNPACKED_BYTES} bytes, the most of a workbook; save the sheet as CSV`;
        return fail(badFile(path, message));
      }
      if (isXml) {
        const text = tail + chunk.toString('latin1');
        // Only whole tags are looked at, so that none counts twice.
        const end = text.lastIndexOf('>') + 1;
        tail = text.slice(end).slice(-LONGEST_TAG);
        try {
          look(text.slice(0, end));
        } catch (error) {
          fail(error);
        }
      }
    });
  });
}

function areaOf(from: string, to: string): number {
  const [a, b] = [placeOf(from), placeOf(to)];
  return (Math.abs(b.row - a.row) + 1) * (Math.abs(b.column - a.column) + 1);
}

function placeOf(address: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  return {
    row: Number(digits),
    column: [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0),
  };
}
