/** Reads one journal file block by block, and finds its way on after damage. */
import { type FileHandle, open } from 'node:fs/promises';

import { type BlockHeader, decodeHeader, HEADER_BYTES, isWhole, MARKER } from './block';

/** Bytes that no block could be read from. */
export interface Damage {
  file: string;
  offset: number;
  bytes: number;
  /** `torn`: the file ends in the middle of a block, as after a crash; `damaged`: bytes were changed or lost */
  kind: 'torn' | 'damaged';
}

export interface Block {
  sequence: number;
  payload: Buffer;
  /** where the next block begins */
  end: number;
}

const SEARCH_BYTES = 64 * 1024;

/** Blocks from `offset` up to `limit`, in order; what cannot be read is told to `onDamage` and left out. */
export class SegmentReader {
  private handle: FileHandle | null = null;

  constructor(
    readonly file: string,
    private offset: number,
    private readonly onDamage: (damage: Damage) => void = () => {}
  ) {}

  get position(): number {
    return this.offset;
  }

  /** The next whole block that ends by `limit`; null when there is none. */
  async next(limit: number): Promise<Block | null> {
    this.handle ??= await open(this.file, 'r');
    while (this.offset < limit) {
      const header = await this.headerAt(this.offset, limit);
      const end = header ? this.offset + HEADER_BYTES + header.length : Infinity;
      if (header && end <= limit) {
        const payload = await this.bytes(this.offset + HEADER_BYTES, header.length);
        if (isWhole(payload, header)) {
          this.offset = end;
          return { sequence: header.sequence, payload, end };
        }
      }
      const next = await this.search(this.offset + 1, limit);
      // A block that only lacks its end was being written when the process died.
      const isCut = header ? end > limit : await this.isPrefix(limit);
      const kind = next === limit && isCut ? 'torn' : 'damaged';
      this.onDamage({ file: this.file, offset: this.offset, bytes: next - this.offset, kind });
      this.offset = next;
    }
    return null;
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = null;
  }

  private async headerAt(offset: number, limit: number): Promise<BlockHeader | null> {
    return limit - offset < HEADER_BYTES ? null : decodeHeader(await this.bytes(offset, HEADER_BYTES));
  }

  /** Whether what is left is the beginning of a block, cut within its header. */
  private async isPrefix(limit: number): Promise<boolean> {
    const left = limit - this.offset;
    const start = left < HEADER_BYTES ? await this.bytes(this.offset, Math.min(left, MARKER.length)) : null;
    return start !== null && MARKER.subarray(0, start.length).equals(start);
  }

  /** Where the next header that is whole stands; `limit` when there is none. */
  private async search(from: number, limit: number): Promise<number> {
    for (let at = from; at < limit; at += SEARCH_BYTES) {
      const bytes = await this.bytes(at, Math.min(SEARCH_BYTES + MARKER.length - 1, limit - at));
      for (let i = bytes.indexOf(MARKER); i >= 0 && i < SEARCH_BYTES; i = bytes.indexOf(MARKER, i + 1)) {
        if (await this.headerAt(at + i, limit)) {
          return at + i;
        }
      }
    }
    return limit;
  }

  private async bytes(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await this.handle!.read(buffer, read, length - read, offset + read);
      if (bytesRead === 0) {
        break;
      }
      read += bytesRead;
    }
    return buffer.subarray(0, read);
  }
}
