/**
 * What was accepted and is not in the store yet, on disk: a folder of files that are only ever appended to. An entry is
 * there once `append` resolves, and stays until it was acknowledged. Damage costs the blocks that it hit, no others.
 */
import { mkdir } from 'node:fs/promises';

import { KpiError } from '@kpi-monitor/model/errors';

import { encodeBlock, HEADER_BYTES, MAX_PAYLOAD } from './block';
import { decodeEntry, encodeEntry, type JournalEntry } from './entry';
import { listSegments, readDelivered, writeDelivered } from './folder';
import { lockFolder } from './lock';
import { type Damage, SegmentReader } from './segment';
import { type Segment, Segments } from './segments';
import { BlockWriter } from './writer';

export interface JournalOptions {
  folder: string;
  /** of all files together; default 8 GiB */
  maxBytes?: number;
  /** milliseconds that an entry may wait to be delivered; default 30 days */
  maxAge?: number;
  /** what happens at either bound: new entries are refused (the default), or the oldest files are given up */
  whenFull?: 'refuse' | 'drop_oldest';
  /** a file that has grown beyond this is ended, and removed once all of it is delivered; default 16 MiB */
  segmentBytes?: number;
  clock?: () => number;
  onDamage?: (damage: Damage) => void;
  /** told how many entries were given up undelivered, and why */
  onDropped?: (dropped: { entries: number; reason: 'bytes' | 'age' }) => void;
}

export interface Kept {
  sequence: number;
  entry: JournalEntry;
}

export interface JournalState {
  /** entries that wait to be delivered */
  entries: number;
  /** of all files */
  bytes: number;
  /** when the oldest entry that waits was received, or a little before; null when none waits */
  oldest: number | null;
  /** since the start: places of damage, and entries that a bound has cost */
  lost: { damaged: number; dropped: number };
}

export interface Journal {
  /**
   * Keeps an entry; resolves to its sequence once it is on the disk.
   * @throws KpiError JOURNAL_FULL, JOURNAL_DISK; then nothing of it is kept
   */
  append(entry: JournalEntry): Promise<number>;
  /** The next entries that were not taken yet, oldest first, of up to about `points` points; empty when there are none. */
  take(points: number): Promise<Kept[]>;
  /** Takes back what was taken and not acknowledged: `take` begins with it again. */
  rewind(): Promise<void>;
  /** All that was taken up to this sequence is in the store. */
  acknowledge(sequence: number): Promise<void>;
  /** Resolves at the next entry, or when the signal is aborted. */
  arrival(signal: AbortSignal): Promise<void>;
  state(): JournalState;
  close(): Promise<void>;
}

const DEFAULTS = {
  maxBytes: 8 * 1024 ** 3,
  maxAge: 30 * 86_400_000,
  segmentBytes: 16 * 1024 ** 2,
  whenFull: 'refuse' as const,
  clock: Date.now,
};

/** @throws KpiError JOURNAL_LOCKED when another process has the folder */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(options.folder);
  try {
    const journal = new FileJournal(options, unlock);
    await journal.recover();
    return journal;
  } catch (error) {
    await unlock();
    throw error;
  }
}

class FileJournal implements Journal {
  private readonly options: Required<Omit<JournalOptions, 'onDamage' | 'onDropped'>> & JournalOptions;
  private readonly segments: Segments;
  private readonly writer: BlockWriter;
  private sequence = 0;
  private delivered = 0;
  private saved = 0;
  private reading: { segment: Segment; at: SegmentReader } | null = null;
  private taken: Array<{ sequence: number; at: number; segment: Segment }> = [];
  private underWay = 0;
  private readonly lost = { damaged: 0, dropped: 0 };
  private readonly arrivals = new Set<() => void>();

  constructor(
    options: JournalOptions,
    private readonly unlock: () => Promise<void>
  ) {
    this.options = { ...DEFAULTS, ...options };
    this.segments = new Segments(options.folder);
    this.writer = new BlockWriter(this.options.segmentBytes, this.segments);
  }

  async recover(): Promise<void> {
    const { folder, onDamage } = this.options;
    this.delivered = this.saved = await readDelivered(folder);
    this.sequence = this.delivered;
    for (const file of await listSegments(folder)) {
      const segment: Segment = { ...file, last: 0, waiting: 0, oldest: null };
      const reader = new SegmentReader(file.path, 0, (damage) => {
        this.lost.damaged += Number(damage.kind === 'damaged');
        onDamage?.(damage);
      });
      this.segments.found(segment);
      for (let block = await reader.next(file.bytes); block; block = await reader.next(file.bytes)) {
        segment.last = Math.max(segment.last, block.sequence);
        if (block.sequence > this.delivered) {
          segment.waiting++;
          segment.oldest ??= decodeEntry(block.payload).at;
        }
      }
      await reader.close();
      this.sequence = Math.max(this.sequence, segment.last);
    }
    await this.segments.removeDelivered(() => false);
  }

  async append(entry: JournalEntry): Promise<number> {
    const payload = encodeEntry(entry);
    if (payload.length > MAX_PAYLOAD) {
      const message = `${entry.points.length} points at once have ${payload.length} bytes, more than the ${MAX_PAYLOAD} of a block; send them in parts`;
      throw new KpiError('JOURNAL_FULL', message, { bytes: payload.length });
    }
    const bytes = HEADER_BYTES + payload.length;
    this.underWay += bytes;
    try {
      await this.makeRoom();
      const sequence = ++this.sequence;
      const path = await this.writer.append(encodeBlock(sequence, payload));
      this.segments.added(path, sequence, entry.at);
      this.arrivals.forEach((arrived) => arrived());
      return sequence;
    } finally {
      this.underWay -= bytes;
    }
  }

  async take(points: number): Promise<Kept[]> {
    const kept: Kept[] = [];
    let count = 0;
    while (count < points) {
      this.reading ??= this.readAfter(0);
      if (!this.reading) {
        break;
      }
      const { segment, at } = this.reading;
      const block = await at.next(segment.bytes);
      if (block && block.sequence > Math.max(this.delivered, this.taken.at(-1)?.sequence ?? 0)) {
        const entry = decodeEntry(block.payload);
        kept.push({ sequence: block.sequence, entry });
        this.taken.push({ sequence: block.sequence, at: entry.at, segment });
        count += Math.max(1, entry.points.length);
      } else if (!block) {
        const next = this.readAfter(segment.number);
        if (!next) {
          break;
        }
        await at.close();
        this.reading = next;
      }
    }
    return kept;
  }

  async rewind(): Promise<void> {
    await this.reading?.at.close();
    this.reading = null;
    this.taken = [];
  }

  async acknowledge(sequence: number): Promise<void> {
    const count = this.taken.filter((one) => one.sequence <= sequence).length;
    for (const { segment, at } of this.taken.splice(0, count)) {
      this.segments.delivered(segment, at);
    }
    this.delivered = Math.max(this.delivered, sequence);
    await this.segments.removeDelivered((segment) => segment === this.reading?.segment);
    if (this.delivered > this.saved) {
      // On a full disk the mark stays behind, and what it does not say is delivered once more after a restart.
      const { delivered } = this;
      await writeDelivered(this.options.folder, delivered).then(
        () => (this.saved = delivered),
        () => {}
      );
    }
  }

  arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.arrivals.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.arrivals.add(end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) {
        end();
      }
    });
  }

  state(): JournalState {
    const { waiting, bytes, oldest } = this.segments;
    return { entries: waiting, bytes, oldest, lost: { ...this.lost } };
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.rewind();
    await this.unlock();
  }

  private readAfter(number: number): FileJournal['reading'] {
    const segment = this.segments.after(number);
    return segment && { segment, at: new SegmentReader(segment.path, 0) };
  }

  /** @throws KpiError JOURNAL_FULL */
  private async makeRoom(): Promise<void> {
    const { maxBytes, whenFull } = this.options;
    for (let over = this.overBound(); over; over = this.overBound()) {
      const isGivenUp = whenFull === 'drop_oldest' && (await this.giveUpOldest(over));
      if (!isGivenUp) {
        const { bytes } = this.segments;
        const why =
          over === 'bytes' ? `it holds ${bytes} of ${maxBytes} bytes` : 'its oldest entry has waited too long';
        const message = `the journal takes nothing more: ${why}; see why the store does not take what is in it`;
        throw new KpiError('JOURNAL_FULL', message, { bytes, maxBytes });
      }
    }
  }

  private overBound(): 'bytes' | 'age' | null {
    const { maxBytes, maxAge, clock } = this.options;
    const { bytes, oldest } = this.segments;
    return bytes + this.underWay > maxBytes ? 'bytes' : oldest !== null && clock() - oldest > maxAge ? 'age' : null;
  }

  private async giveUpOldest(reason: 'bytes' | 'age'): Promise<boolean> {
    const segment = await this.segments.giveUpOldest();
    if (segment && this.reading?.segment === segment) {
      await this.rewind();
    }
    if (segment && segment.waiting > 0) {
      this.lost.dropped += segment.waiting;
      this.options.onDropped?.({ entries: segment.waiting, reason });
    }
    return segment !== null;
  }
}
