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
const READ_AHEAD = 256 * 1024;

/** Blocks from `offset` up to `limit`, in order; what cannot be read is told to `onDamage` and left out. */
export class SegmentReader {
  private handle: FileHandle | null = null;
  private ahead = { from: 0, bytes: Buffer.alloc(0) };

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
        const payload = await this.bytes(this.offset + HEADER_BYTES, header.length, limit);
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
    return limit - offset < HEADER_BYTES ? null : decodeHeader(await this.bytes(offset, HEADER_BYTES, limit));
  }

  /** Whether what is left is the beginning of a block, cut within its header. */
  private async isPrefix(limit: number): Promise<boolean> {
    const left = limit - this.offset;
    const start = left < HEADER_BYTES ? await this.bytes(this.offset, Math.min(left, MARKER.length), limit) : null;
    return start !== null && MARKER.subarray(0, start.length).equals(start);
  }

  /** Where the next header that is whole stands; `limit` when there is none. */
  private async search(from: number, limit: number): Promise<number> {
    for (let at = from; at < limit; at += SEARCH_BYTES) {
      const bytes = await this.bytes(at, Math.min(SEARCH_BYTES + MARKER.length - 1, limit - at), limit);
      for (let i = bytes.indexOf(MARKER); i >= 0 && i < SEARCH_BYTES; i = bytes.indexOf(MARKER, i + 1)) {
        if (await this.headerAt(at + i, limit)) {
          return at + i;
        }
      }
    }
    return limit;
  }

  /** From what was read ahead, where it is there: most blocks are small. Never beyond `limit`, where more may come. */
  private async bytes(offset: number, length: number, limit: number): Promise<Buffer> {
    const end = offset + length;
    if (offset < this.ahead.from || end > this.ahead.from + this.ahead.bytes.length) {
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(length, READ_AHEAD), limit - offset));
      this.ahead = { from: offset, bytes: buffer.subarray(0, await this.fill(buffer, offset)) };
    }
    return this.ahead.bytes.subarray(offset - this.ahead.from, end - this.ahead.from);
  }

  private async fill(buffer: Buffer, offset: number): Promise<number> {
    let read = 0;
    while (read < buffer.length) {
      const { bytesRead } = await this.handle!.read(buffer, read, buffer.length - read, offset + read);
      if (bytesRead === 0) {
        break;
      }
      read += bytesRead;
    }
    return read;
  }
}
