import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Change } from '../src/services/alerting';

import { createHistory, episodesOf } from './history';

const folder = mkdtempSync(join(tmpdir(), 'kpi-history-'));
const path = join(folder, 'deep/history.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const change = (at: number, from: Change['from'], to: Change['to'], kpi = 'a', toReason = ''): Change => ({
  at,
  rule: 'r',
  title: 'R',
  key: kpi,
  labels: { kpi },
  from,
  to,
  fromReason: '',
  toReason,
  summary: `${kpi} at ${at}`,
});

describe('the history', () => {
  it('is read again by the next program, without a line that was torn off', async () => {
    const history = createHistory(path);
    await history.add([change(1, 'Normal', 'Alerting'), change(2, 'Alerting', 'Normal')]);
    appendFileSync(path, '{"at": 3, "rul');
    const next = createHistory(path);
    await next.load();
    expect(next.changes()).toEqual(history.changes());
  });

  it('is bounded, on disk and in memory', async () => {
    const bounded = join(folder, 'bounded.jsonl');
    const history = createHistory(bounded, { maxBytes: 1000, maxChanges: 5 });
    for (let at = 0; at < 30; at++) {
      await history.add([change(at, 'Normal', 'Pending')]);
    }
    expect(history.changes().map(({ at }) => at)).toEqual([25, 26, 27, 28, 29]);
    expect(existsSync(`${bounded}.1`)).toBe(true);
    expect(existsSync(`${bounded}.2`)).toBe(false);
    const next = createHistory(bounded, { maxChanges: 5 });
    await next.load();
    expect(next.changes()).toEqual(history.changes());
  });
});

describe('episodes', () => {
  it('last from firing to resolved, over recovering, newest first', () => {
    const changes = [
      change(1, 'Normal', 'Pending'),
      change(2, 'Pending', 'Alerting'),
      change(3, 'Normal', 'Alerting', 'b'),
      change(4, 'Alerting', 'Recovering'),
      change(5, 'Recovering', 'Alerting'),
      change(6, 'Alerting', 'Normal', 'a', 'MissingSeries'),
    ];
    expect(episodesOf(changes).map(({ labels, from, to, reason }) => [labels.kpi, from, to, reason])).toEqual([
      ['b', 3, null, ''],
      ['a', 2, 6, 'MissingSeries'],
    ]);
  });

  it('are not made of what never fired', () => {
    expect(episodesOf([change(1, 'Normal', 'Pending'), change(2, 'Pending', 'Normal')])).toEqual([]);
  });
});
