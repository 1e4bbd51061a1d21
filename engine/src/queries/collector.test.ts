import type { CollectorRow, CollectorState, SourceRow } from '@kpi-monitor/model/query/collector-frames';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, NOW, openExample } from '../../test/company';

const MINUTE = 60_000;

const source = (kpi: string, more: object = {}): CollectorState['sources'][number] => ({
  ...{ kpi, source: 'sql', state: 'idle', lastRead: NOW - 5 * MINUTE, lastSuccess: NOW - 5 * MINUTE },
  ...{
    lastError: null,
    failures: 0,
    reads: 4,
    waiting: null,
    readFailures: 0,
    readWaits: 0,
    points: 10,
    rejected: 0,
    nextRun: NOW + 5 * MINUTE + 0.25,
  },
  ...more,
});
const STATE: CollectorState = {
  sources: [
    source('revenue', { rejected: 2 }),
    source('market_size', {
      ...{
        state: 'waiting',
        waiting: { since: NOW - 120 * MINUTE, message: 'May 2026 is not complete' },
        readWaits: 3,
      },
    }),
    source('profit', {
      ...{ lastError: { code: 'SOURCE_UNREACHABLE', message: 'erp is away' }, failures: 3, readFailures: 3 },
    }),
  ],
  journal: {
    ...{ state: 'waiting', entries: 7, bytes: 2048, oldest: NOW - 90_000, lastDelivered: NOW - 2 * MINUTE },
    ...{ lastError: { code: 'STORE_UNREACHABLE', message: 'no route' }, delivered: 20, refused: 0, lost: 1 },
  },
  pushes: { requests: 0, accepted: 0, rejected: 0 },
  ...{ deadLetters: '.kpi/dead-letters.jsonl', since: NOW - 60 * MINUTE, at: NOW },
};

let example: Example;
beforeAll(async () => {
  const lines = new Map([
    ['reads' as const, { times: [NOW - MINUTE, NOW], values: [3, 4] }],
    ['failed' as const, { times: [NOW - MINUTE, NOW], values: [0, 1] }],
  ]);
  const history = () => Promise.resolve({ lines, notice: 'earlier is not shown' });
  example = await openExample({ collector: () => ({ now: () => STATE, history }) });
});
afterAll(() => example.close());

it('says in one row how collecting goes now', async () => {
  const [frame] = await ask(example.engine, { type: 'collector' });
  expect(rowsOf<CollectorRow>(frame!)).toMatchObject([
    {
      ...{ sources: 3, failing: 1, unready: 1, reads: 6, failed: 3, refused: 2, waiting: 7, lag: 90, lost: 1 },
      ...{ stateText: 'does not take values: no route', file: '.kpi/dead-letters.jsonl' },
    },
  ]);
});

it('lists sources by the names of their KPIs, those that fail first, then those that wait for their source', async () => {
  const [frame] = await ask(example.engine, { type: 'collector', part: 'sources' });
  expect(rowsOf<SourceRow>(frame!)).toMatchObject([
    { name: 'Profit', state: 'failing', error: 'erp is away', code: 'SOURCE_UNREACHABLE', failures: 3 },
    {
      ...{ state: 'waiting', error: 'May 2026 is not complete, for 2 hours', code: '', failures: 0 },
      ...{ reads: 1, failed: 0 },
    },
    { name: 'Revenue', state: 'idle', lastSuccessText: '5 minutes ago', nextText: 'in 5 minutes', refused: 2 },
  ]);
  // Grafana's backend refuses a frame whose times are no whole milliseconds.
  expect(fieldOf(frame!, 'nextRun').values).toEqual(Array(3).fill(NOW + 5 * MINUTE));
});

it('gives lines over time, with a word on what is not shown', async () => {
  const frames = await ask(example.engine, { type: 'collector', part: 'reads' });
  expect(frames.map((frame) => frame.schema.name)).toEqual([
    'Reads that succeeded, a minute',
    'Reads that failed, a minute',
  ]);
  expect(fieldOf(frames[0]!, 'reads').values).toEqual([3, 4]);
  expect(frames[0]!.schema.meta!.notices).toEqual([{ severity: 'warning', text: 'earlier is not shown' }]);
});

it('refuses what it cannot answer: numbers for rules, parts of other types, a process that collects nothing', async () => {
  const error = async (query: object, engine = example.engine) =>
    (await askAll(engine, [{ v: 1, refId: 'A', type: 'collector', ...query }])).A!.error;
  expect(await error({ format: 'numeric' })).toMatch(/^QUERY_INVALID: collector has no numeric format/);
  expect(await error({ part: 'findings' })).toMatch(/^QUERY_INVALID: part: `collector` has no part findings/);
  const alone = await openExample();
  expect(await error({}, alone.engine)).toMatch(/^QUERY_INVALID: this engine collects nothing/);
  await alone.close();
});
