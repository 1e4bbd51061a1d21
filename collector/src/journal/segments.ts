/** The files of a journal as they are now: which entries of them wait, and since when. */
import { removeSegment, segmentPath, type SegmentFile, syncFolder } from './folder';

export interface Segment extends SegmentFile {
  /** sequence of its last entry; 0 while it has none */
  last: number;
  /** entries that are not delivered */
  waiting: number;
  /** when the oldest of them was received, or a little before; null when none waits */
  oldest: number | null;
}

export class Segments {
  /** oldest first */
  readonly all: Segment[] = [];
  /** the one that is being written */
  private current: Segment | null = null;
  private nextNumber = 1;

  constructor(private readonly folder: string) {}

  /** One that an earlier process has left. */
  found(segment: Segment): void {
    this.all.push(segment);
    this.nextNumber = Math.max(this.nextNumber, segment.number + 1);
  }

  /** A file for new blocks; gives its path. */
  async begin(): Promise<string> {
    const number = this.nextNumber++;
    const path = segmentPath(this.folder, number);
    this.current = { number, path, bytes: 0, last: 0, waiting: 0, oldest: null };
    this.all.push(this.current);
    return path;
  }

  /** Called once the current file exists. */
  async begun(): Promise<void> {
    await syncFolder(this.folder);
  }

  /** The current file has grown. */
  grown(bytes: number): void {
    this.current!.bytes = bytes;
  }

  /** Nothing more goes into the current file. */
  ended(): void {
    this.current = null;
  }

  /** An entry is on the disk, in the file at `path`. */
  added(path: string, sequence: number, at: number): void {
    const segment = this.all.findLast((one) => one.path === path)!;
    segment.last = Math.max(segment.last, sequence);
    segment.waiting++;
    segment.oldest ??= at;
  }

  /** An entry of the segment that was received at `at` is delivered. */
  delivered(segment: Segment, at: number): void {
    segment.waiting--;
    // What comes next in it was received no earlier.
    segment.oldest = segment.waiting > 0 ? at : null;
  }

  /** The first with something to read after the file of that number. */
  after(number: number): Segment | null {
    return this.all.find((one) => one.number > number && one.bytes > 0) ?? null;
  }

  get waiting(): number {
    return this.all.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get oldest(): number | null {
    return this.all.find(({ oldest }) => oldest !== null)?.oldest ?? null;
  }

  /** Takes away the files of which nothing waits; those that are damaged all over, too. */
  async removeDelivered(isRead: (segment: Segment) => boolean): Promise<void> {
    while (this.all.length > 0 && this.all[0] !== this.current && this.all[0]!.waiting === 0 && !isRead(this.all[0]!)) {
      await removeSegment(this.all.shift()!.path);
    }
  }

  /** Takes away the oldest file with what waits in it; null when only the current one is left. */
  async giveUpOldest(): Promise<Segment | null> {
    if (this.all.length === 0 || this.all[0] === this.current) {
      return null;
    }
    const segment = this.all.shift()!;
    await removeSegment(segment.path);
    return segment;
  }
}
