import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDeadLetters, type DeadLetter } from './dead-letters';

const folder = mkdtempSync(join(tmpdir(), 'kpi-dead-'));
afterAll(() => rmSync(folder, { recursive: true }));

const letter = (value: unknown, more: Partial<DeadLetter> = {}): DeadLetter => ({
  at: '2026-06-17T16:00:00.000Z',
  kpi: 'orders',
  code: 'RECORD_VALUE',
  message: 'is not a number',
  where: 'line 2',
  record: { period: '2026-06-01', value },
  ...more,
});
const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('each refused record is a line of JSON, once, in a file for the operator alone', async () => {
  const letters = createDeadLetters(join(folder, 'new', 'dead.jsonl'));
  expect(await letters.add([letter('n/a'), letter('-')])).toBe(2);
  expect(await letters.add([letter('n/a', { at: '2026-06-17T16:01:00.000Z' })])).toBe(0);
  expect(await letters.add([letter('n/a', { where: 'line 3' }), letter('n/a', { kpi: 'sales' })])).toBe(2);
  expect(lines(letters.path)).toHaveLength(4);
  expect(lines(letters.path)[0]).toEqual(letter('n/a'));
  expect(statSync(letters.path).mode & 0o077).toBe(0);
});

test('the files together stay within their bounds, and the newest letters are kept', async () => {
  const letters = createDeadLetters(join(folder, 'bounded', 'dead.jsonl'), { maxBytes: 2000, kept: 3 });
  for (let i = 0; i < 100; i++) {
    await letters.add([letter(`value ${i}`)]);
  }
  expect(readdirSync(join(folder, 'bounded')).sort()).toEqual(['dead.jsonl', 'dead.jsonl.1', 'dead.jsonl.2']);
  const kept = [2, 1].flatMap((n) => lines(`${letters.path}.${n}`)).concat(lines(letters.path));
  expect(kept.at(-1)!.record.value).toBe('value 99');
  expect(kept.map((one) => Number(one.record.value.slice(6)))).toEqual(kept.map((_, i) => 100 - kept.length + i));
  expect(statSync(`${letters.path}.1`).size).toBeLessThan(2400);
});

test('writers that come at once do not mix their lines', async () => {
  const letters = createDeadLetters(join(folder, 'many', 'dead.jsonl'));
  await Promise.all(Array.from({ length: 50 }, (_, i) => letters.add([letter(`a ${i}`), letter(`b ${i}`)])));
  expect(lines(letters.path)).toHaveLength(100);
});

test('a monstrous record is cut', async () => {
  const letters = createDeadLetters(join(folder, 'long', 'dead.jsonl'));
  await letters.add([letter('x'.repeat(100_000))]);
  expect(statSync(letters.path).size).toBeLessThan(3000);
});
