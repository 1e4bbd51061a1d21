import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { decodeEntry, encodeEntry, type JournalEntry } from './entry';
import { type Journal, type JournalOptions, openJournal } from './journal';
import type { Damage } from './segment';

let folder: string;
const opened: Journal[] = [];

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kpi-journal-'))));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({ folder, clock: () => 1000, ...options });
  opened.push(journal);
  return journal;
}

async function close(journal: Journal): Promise<void> {
  opened.splice(opened.indexOf(journal), 1);
  await journal.close();
}

function entry(value: number, at = 1000): JournalEntry {
  return { kind: 'points', at, points: [{ kpi: 'orders', v: 1, dims: { region: 'West' }, time: 86_400_000, value }] };
}

const valuesOf = (kept: ReadonlyArray<{ entry: JournalEntry }>) =>
  kept.flatMap(({ entry: { points } }) => points.map(({ value }) => value));

const files = () => readdirSync(folder).filter((name) => name.endsWith('.kpij'));

async function fill(count: number, options: Partial<JournalOptions> = {}): Promise<void> {
  const journal = await open(options);
  for (let i = 0; i < count; i++) {
    // Of equal length, so that blocks are, too.
    await journal.append(entry(10 + i));
  }
  await close(journal);
}

describe('the journal', () => {
  it('gives back what was appended, in order, over a restart, until it is acknowledged', async () => {
    const first = await open();
    await Promise.all(Array.from({ length: 50 }, (_, i) => first.append(entry(i))));
    expect(valuesOf(await first.take(20))).toEqual(Array.from({ length: 20 }, (_, i) => i));
    await first.acknowledge(10);
    await close(first);

    const second = await open();
    expect(second.state()).toMatchObject({ entries: 40, oldest: 1000 });
    expect(valuesOf(await second.take(100))).toEqual(Array.from({ length: 40 }, (_, i) => i + 10));
    expect(await second.take(100)).toEqual([]);
    await second.append(entry(50));
    expect(valuesOf(await second.take(100))).toEqual([50]);
  });

  it('begins again with what was taken and not acknowledged', async () => {
    const journal = await open();
    await journal.append(entry(1));
    await journal.append(entry(2));
    await journal.take(1);
    await journal.rewind();
    expect(valuesOf(await journal.take(10))).toEqual([1, 2]);
  });

  it('keeps weights, withdrawals and windows as they are', () => {
    const window: JournalEntry = {
      ...{ kind: 'window', at: 5, kpi: 'orders', v: 2, from: 0, to: 10 },
      points: [
        { kpi: 'orders', v: 2, dims: { region: 'West', channel: 'web' }, time: 1, value: -0.1, weight: 3 },
        { kpi: 'orders', v: 2, dims: { region: 'West', channel: 'web' }, time: 2, value: 1e300 },
        { kpi: 'orders', v: 2, dims: { region: 'East', channel: 'web' }, time: 1, value: 0, void: true },
      ],
    };
    expect(decodeEntry(encodeEntry(window))).toEqual(window);
  });

  it('removes files of which all is delivered, and stays small', async () => {
    const journal = await open({ segmentBytes: 1000 });
    for (let i = 0; i < 200; i++) {
      const sequence = await journal.append(entry(i));
      await journal.take(10);
      await journal.acknowledge(sequence);
    }
    expect(files().length).toBeLessThanOrEqual(2);
    expect(journal.state()).toMatchObject({ entries: 0, oldest: null });
  });

  it('refuses more than it may hold, and takes again once there is room', async () => {
    const journal = await open({ maxBytes: 3000, segmentBytes: 500 });
    let kept = 0;
    await expect(
      (async () => {
        for (;;) {
          await journal.append(entry(kept));
          kept++;
        }
      })()
    ).rejects.toMatchObject({ code: 'JOURNAL_FULL' });
    const taken = await journal.take(1000);
    expect(taken).toHaveLength(kept);
    await journal.acknowledge(taken.at(-1)!.sequence);
    await expect(journal.append(entry(0))).resolves.toBeGreaterThan(0);
  });

  it('gives up the oldest where it was told to, and counts them', async () => {
    const dropped: number[] = [];
    const journal = await open({
      ...{ maxBytes: 3000, segmentBytes: 500, whenFull: 'drop_oldest' },
      onDropped: ({ entries }) => dropped.push(entries),
    });
    for (let i = 0; i < 100; i++) {
      await journal.append(entry(i));
    }
    const lost = dropped.reduce((a, b) => a + b, 0);
    expect(valuesOf(await journal.take(1000))).toEqual(Array.from({ length: 100 - lost }, (_, i) => i + lost));
    expect(journal.state()).toMatchObject({ entries: 100 - lost, lost: { dropped: lost, damaged: 0 } });
  });

  it('refuses when the oldest has waited too long, not because an old one was delivered', async () => {
    let now = 1000;
    const journal = await open({ maxAge: 100, clock: () => now });
    const sequence = await journal.append(entry(1, now));
    await journal.take(10);
    await journal.acknowledge(sequence);
    now = 5000;
    await journal.append(entry(2, now));
    now = 5050;
    await journal.append(entry(3, now));
    now = 5200;
    await expect(journal.append(entry(4, now))).rejects.toMatchObject({ code: 'JOURNAL_FULL' });
  });

  it('belongs to one process', async () => {
    await open();
    await expect(openJournal({ folder })).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
  });

  it('is free again when its process was killed and left the lock behind', async () => {
    writeFileSync(join(folder, 'lock'), '');
    await expect(open()).resolves.toBeDefined();
  });

  it('tells who waits that something came', async () => {
    const journal = await open();
    const arrival = journal.arrival(new AbortController().signal);
    await journal.append(entry(1));
    await expect(arrival).resolves.toBeUndefined();
  });
});

describe('damage', () => {
  const COUNT = 12;

  it('costs at most the block that a flipped byte is in, wherever it is, and is said', async () => {
    await fill(COUNT);
    const path = join(folder, files()[0]!);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ by;
        writeFileSync(path, bytes);
        const damages: Damage[] = [];
        const journal = await openJournal({ folder, clock: () => 1000, onDamage: (damage) => damages.push(damage) });
        const values = valuesOf(await journal.take(1000));
        await journal.append(entry(99));
        const more = valuesOf(await journal.take(1000));
        await journal.close();
        files()
          .slice(1)
          .forEach((name) => rmSync(join(folder, name)));
        expect(values.length).toBe(COUNT - 1);
        expect(damages).toHaveLength(1);
        expect(more).toEqual([99]);
      }),
      { numRuns: 150 }
    );
  });

  it('costs the block that a cut goes through, and is no damage but the end of a crash', async () => {
    await fill(COUNT);
    const path = join(folder, files()[0]!);
    const whole = readFileSync(path);
    for (let length = whole.length - 1; length > 0; length -= 7) {
      writeFileSync(path, whole.subarray(0, length));
      const kinds: string[] = [];
      const journal = await openJournal({ folder, clock: () => 1000, onDamage: ({ kind }) => kinds.push(kind) });
      const values = valuesOf(await journal.take(1000));
      await journal.close();
      const block = whole.length / COUNT;
      expect(values).toHaveLength(Math.floor(length / block));
      expect(kinds).toEqual(length % block === 0 ? [] : ['torn']);
    }
  });

  it('reads on after a hole of zeros and after foreign bytes', async () => {
    await fill(COUNT);
    const path = join(folder, files()[0]!);
    const bytes = readFileSync(path);
    bytes.fill(0, 200, 400);
    writeFileSync(path, bytes);
    appendFileSync(path, 'KPIJ and other things that are no block');
    const journal = await open();
    const values = valuesOf(await journal.take(1000));
    expect(values.slice(-6)).toEqual([16, 17, 18, 19, 20, 21]);
    expect(journal.state().lost.damaged).toBe(2);
  });

  it('of the note of what was delivered means that it is delivered again', async () => {
    const journal = await open();
    const last = await journal.append(entry(1));
    await journal.append(entry(2));
    await journal.take(1);
    await journal.acknowledge(last);
    await close(journal);
    truncateSync(join(folder, 'delivered'), 1);
    const again = await open();
    expect(valuesOf(await again.take(10))).toEqual([1, 2]);
    expect(await again.append(entry(3))).toBe(3);
  });
});

describe('a full disk', () => {
  // As a disk does that is full: some bytes of a write still fit, then there is no room for any.
  let room = Infinity;
  beforeEach(async () => {
    const probe = await openFile(join(folder, 'probe'), 'w');
    const handles = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const { writev, writeFile } = handles;
    const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    jest.spyOn(handles, 'writev').mockImplementation(async function (this: FileHandle, blocks, position) {
      const whole = Buffer.concat(blocks as Buffer[]);
      const fits = whole.subarray(0, room);
      room -= fits.length;
      await writev.call(this, [fits], position);
      if (fits.length < whole.length) {
        throw noSpace();
      }
      return { bytesWritten: whole.length, buffers: blocks };
    });
    jest.spyOn(handles, 'writeFile').mockImplementation(async function (this: FileHandle, ...args) {
      if (room === 0) {
        throw noSpace();
      }
      return writeFile.apply(this, args);
    });
  });
  afterEach(() => {
    room = Infinity;
    jest.restoreAllMocks();
  });

  it('refuses what does not fit, keeps all that was acknowledged, and goes on when there is room', async () => {
    const journal = await open({ segmentBytes: 300 });
    room = 1000;
    const acknowledged: number[] = [];
    const refusals: unknown[] = [];
    const appendSome = async () => {
      for (let i = 0; i < 20; i++) {
        const value = acknowledged.length + refusals.length;
        await journal.append(entry(value)).then(
          () => acknowledged.push(value),
          (error: unknown) => refusals.push(error)
        );
      }
    };
    await appendSome();
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(refusals[0]).toMatchObject({
      code: 'JOURNAL_DISK',
      message: expect.stringContaining('disk of the journal is full'),
    });
    // No new file for each attempt.
    const count = files().length;
    await appendSome();
    expect(files()).toHaveLength(count);

    // The store takes some, though how far it came cannot be noted.
    const some = await journal.take(2);
    await journal.acknowledge(some.at(-1)!.sequence);
    room = Infinity;
    await appendSome();
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    await close(journal);
    const damages: Damage[] = [];
    const reopened = await open({ onDamage: (damage) => damages.push(damage) });
    const waiting = valuesOf(await reopened.take(1000));
    // What was delivered may come once more.
    expect(waiting.slice(-(acknowledged.length - 2))).toEqual(acknowledged.slice(2));
    expect(damages).toEqual([]);
  });
});
