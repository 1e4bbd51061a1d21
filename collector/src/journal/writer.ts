/** Appends blocks to a journal file; those that wait while one write is under way share the next, and its sync. */
import { type FileHandle, open } from 'node:fs/promises';

import { KpiError } from '@kpi-monitor/model/errors';

/** Where the files are, and who is told how they grow. */
export interface Files {
  /** the path of the next file */
  begin(): Promise<string>;
  /** it exists */
  begun(): Promise<void>;
  /** it has this many bytes on the disk */
  grown(bytes: number): void;
  /** nothing more goes into it */
  ended(): void;
}

interface Waiting {
  block: Buffer;
  done: (path: string) => void;
  failed: (error: KpiError) => void;
}

/** Bytes of one write; more waits for the next. */
const MOST_AT_ONCE = 16 * 1024 * 1024;

export class BlockWriter {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private open: { path: string; handle: FileHandle; bytes: number } | null = null;

  /** @param segmentBytes a file that has grown beyond this is ended */
  constructor(
    private readonly segmentBytes: number,
    private readonly files: Files
  ) {}

  /** Resolves to the path of its file once the block is on the disk. @throws KpiError JOURNAL_DISK: none of it is kept */
  append(block: Buffer): Promise<string> {
    return new Promise((done, failed) => {
      this.waiting.push({ block, done, failed });
      this.running ??= this.run().finally(() => (this.running = null));
    });
  }

  async close(): Promise<void> {
    while (this.running) {
      await this.running;
    }
    await this.end();
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.nextGroup();
      try {
        const path = await this.write(group.map(({ block }) => block));
        group.forEach(({ done }) => done(path));
      } catch (cause) {
        const error = notWritten(cause as NodeJS.ErrnoException);
        group.forEach(({ failed }) => failed(error));
      }
    }
  }

  private nextGroup(): Waiting[] {
    let size = 0;
    const end = this.waiting.findIndex(({ block }, i) => (size += block.length) > MOST_AT_ONCE && i > 0);
    return this.waiting.splice(0, end < 0 ? Infinity : end);
  }

  private async write(blocks: Buffer[]): Promise<string> {
    if (this.open && this.open.bytes >= this.segmentBytes) {
      await this.end();
    }
    const { path, handle, bytes } = (this.open ??= await this.begin());
    let isWritten = false;
    try {
      const size = blocks.reduce((sum, block) => sum + block.length, 0);
      const { bytesWritten } = await handle.writev(blocks, bytes);
      if (bytesWritten < size) {
        throw Object.assign(new Error(`${bytesWritten} of ${size} bytes were written`), { code: 'ENOSPC' });
      }
      isWritten = true;
      await handle.datasync();
      this.open.bytes = bytes + size;
    } catch (error) {
      // Half a block must not stand before whole ones; and after a failed sync nobody knows what the file holds.
      const isCut = await handle.truncate(bytes).then(
        () => true,
        () => false
      );
      if (isWritten || !isCut) {
        await this.end();
      }
      throw error;
    }
    this.files.grown(this.open.bytes);
    return path;
  }

  private async begin(): Promise<NonNullable<BlockWriter['open']>> {
    const path = await this.files.begin();
    try {
      const handle = await open(path, 'wx', 0o600);
      await this.files.begun();
      return { path, handle, bytes: 0 };
    } catch (error) {
      this.files.ended();
      throw error;
    }
  }

  private async end(): Promise<void> {
    const ending = this.open;
    this.open = null;
    if (ending) {
      this.files.ended();
      await ending.handle.close().catch(() => {});
    }
  }
}

function notWritten(cause: NodeJS.ErrnoException): KpiError {
  const isFull = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  const message = isFull
    ? 'the disk of the journal is full; make room, nothing that was acknowledged is lost'
    : `the journal cannot be written: ${cause.message}`;
  return new KpiError('JOURNAL_DISK', message, { cause: cause.code }, { cause });
}
