/** The files of a journal: segments named by a number that only grows, and how far they have been delivered. */
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface SegmentFile {
  number: number;
  path: string;
  bytes: number;
}

const SEGMENT = /^(\d{10})\.kpij$/;

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(10, '0')}.kpij`);
}

/** Oldest first. */
export async function listSegments(folder: string): Promise<SegmentFile[]> {
  const names = (await readdir(folder)).filter((name) => SEGMENT.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { number: Number(SEGMENT.exec(name)![1]), path, bytes: (await stat(path)).size };
    })
  );
}

export async function removeSegment(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  });
}

/** A file that was made or removed is there after a power cut only once its folder is on the disk, too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The sequence up to which all is delivered; 0 when the file is not there or not whole: then all is delivered again. */
export async function readDelivered(folder: string): Promise<number> {
  const text = await readFile(deliveredPath(folder), 'utf8').catch(() => '');
  const [, sequence, checksum] = /^(\d+) ([0-9a-f]+)\n$/.exec(text) ?? [];
  return sequence !== undefined && crc32(sequence).toString(16) === checksum ? Number(sequence) : 0;
}

/** Not synced: what is lost of it is delivered once more, which is harmless. */
export async function writeDelivered(folder: string, sequence: number): Promise<void> {
  const path = deliveredPath(folder);
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${sequence} ${crc32(String(sequence)).toString(16)}\n`);
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
}

function deliveredPath(folder: string): string {
  return join(folder, 'delivered');
}
