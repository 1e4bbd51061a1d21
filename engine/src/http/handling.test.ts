import type { NotesAnswer } from '@kpi-monitor/model/query/handling-answer';
import type { Role } from '@kpi-monitor/model/query/judgement-answer';

import { type Example, NOW, openExample } from '../../test/company';

import { hashToken, type TokenRule } from './access';
import { createServer, type Server } from './server';

const FEBRUARY = Date.UTC(2026, 1, 1);
const tokens: TokenRule[] = [
  { name: 'grafana', sha256: hashToken('acts'), scopes: ['read', 'write', 'act-as'] },
  { name: 'reader', sha256: hashToken('reads'), scopes: ['read', 'act-as'] },
];

let example: Example;
let server: Server;
beforeEach(async () => {
  example = await openExample();
  server = await createServer({ engine: example.engine, version: '1', tokens: () => tokens, log: { level: 'silent' } });
});
afterEach(async () => {
  await server.close();
  await example.close();
});

interface As {
  user?: string;
  role?: Role;
  token?: string;
}
async function call(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, as: As = {}) {
  const { user = 'ada', role = 'Editor', token = 'acts' } = as;
  const headers = { authorization: `Bearer ${token}`, 'x-kpi-user': user, 'x-kpi-role': role };
  const response = await server.app.inject({ method, url: `/api/kpis/${path}`, headers, payload });
  return { status: response.statusCode, body: response.json() as NotesAnswer & { code?: string; message?: string } };
}

describe('acknowledging', () => {
  it('takes the open alert on, under the name of who did it', async () => {
    const before = await call('GET', 'revenue/notes', undefined, { role: 'Viewer' });
    expect(before.body).toMatchObject({
      name: 'Revenue',
      you: { user: 'ada', mayWrite: false },
      alert: {
        since: FEBRUARY,
        sinceText: 'February 2026',
        levelText: 'Critical',
        valueText: '$2,240',
        acknowledged: null,
        waitedHours: 97.5,
        allowedHours: 40,
      },
      remarks: [],
    });
    const { since } = before.body.alert!;
    const { status, body } = await call('POST', 'revenue/acknowledge', { since, note: ' calling West ' });
    expect(status).toBe(200);
    expect(body.alert).toMatchObject({ acknowledged: { by: 'ada', at: NOW, text: 'calling West' }, waitedHours: 0 });
    expect(body.remarks).toMatchObject([
      { kind: 'acknowledgement', by: 'ada', role: 'Editor', levelText: 'Critical', periodText: 'February 2026' },
    ]);
    expect(await example.store.entries('audit')).toMatchObject([
      {
        time: NOW,
        data: {
          ...{ user: 'ada', client: 'grafana', role: 'Editor', action: 'alert.acknowledge', kpi: 'revenue' },
          ...{ what: 'Critical since February 2026', reason: 'calling West' },
        },
      },
    ]);
  });

  it('twice is once', async () => {
    await call('POST', 'revenue/acknowledge', {});
    const { body } = await call('POST', 'revenue/acknowledge', {}, { user: 'bo' });
    expect(body.remarks.map(({ by }) => by)).toEqual(['ada']);
    expect(await example.store.entries('audit')).toHaveLength(1);
  });

  it.each([
    ['none is open', 'satisfaction', {}],
    ['another one is', 'revenue', { since: Date.UTC(2025, 5, 1) }],
  ])('is refused when %s', async (_, kpi, body) => {
    const refused = await call('POST', `${kpi}/acknowledge`, body);
    expect([refused.status, refused.body.code]).toEqual([409, 'KPI_ALERT_OVER']);
    expect(await example.store.entries('note')).toEqual([]);
  });

  it('of an unknown KPI is refused', async () => {
    expect((await call('POST', 'revenu/acknowledge', {})).body).toMatchObject({ code: 'KPI_UNKNOWN' });
  });
});

describe('notes', () => {
  it('are about the open alert, or the period that is given', async () => {
    await call('POST', 'revenue/notes', { text: 'two large orders slipped' });
    const { body } = await call('POST', 'revenue/notes', { text: 'fair in May', period: Date.UTC(2025, 4, 17) });
    expect(body.remarks.map(({ text, periodText }) => [text, periodText])).toEqual([
      ['fair in May', 'May 2025'],
      ['two large orders slipped', 'February 2026'],
    ]);
    const calm = await call('POST', 'satisfaction/notes', { text: 'survey moved' });
    expect(calm.body.remarks).toMatchObject([{ period: null, periodText: '' }]);
  });

  it.each([{ text: '' }, { text: '   ' }, { text: 'x'.repeat(2001) }, {}, { text: 'a', by: 'the boss' }])(
    'like %j are refused',
    async (body) => {
      expect((await call('POST', 'revenue/notes', body)).body.code).toBe('REQUEST_INVALID');
    }
  );

  it('are withdrawn by who wrote them or an Admin, and stay readable as withdrawn', async () => {
    await call('POST', 'revenue/acknowledge', { note: 'mine' });
    await call('POST', 'revenue/notes', { text: 'wrong KPI' });
    const others = await call('DELETE', 'revenue/notes/2', undefined, { user: 'bo' });
    expect([others.status, others.body.code]).toEqual([403, 'ACCESS_ROLE']);
    expect((await call('DELETE', 'revenue/notes/2')).body.remarks[0]).toMatchObject({
      ...{ text: 'wrong KPI', withdrawn: { by: 'ada', at: NOW }, mayWithdraw: false },
    });
    const { body } = await call('DELETE', 'revenue/notes/1', undefined, { user: 'bo', role: 'Admin' });
    expect(body.alert).toMatchObject({ acknowledged: null, waitedHours: 97.5 });
    expect((await call('DELETE', 'revenue/notes/9')).body.code).toBe('KPI_REMARK_UNKNOWN');
  });
});

describe('who may', () => {
  const changes = [
    ['POST', 'revenue/acknowledge', {}],
    ['POST', 'revenue/notes', { text: 'hello' }],
    ['DELETE', 'revenue/notes/1', undefined],
  ] as const;

  it.each(changes)('%s %s: not a Viewer', async (method, path, body) => {
    const { status, body: refused } = await call(method, path, body, { role: 'Viewer' });
    expect([status, refused.code]).toEqual([403, 'ACCESS_ROLE']);
    expect(refused.message).toContain('`ada` is a Viewer');
  });

  it.each(changes)('%s %s: not without the scope to write', async (method, path, body) => {
    const { status, body: refused } = await call(method, path, body, { role: 'Admin', token: 'reads' });
    expect([status, refused.code]).toEqual([403, 'ACCESS_SCOPE']);
  });
});
