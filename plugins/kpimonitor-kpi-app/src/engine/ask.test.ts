import { refusal, serve } from '../fixtures/grafana';

import { ask } from './ask';

it('says what a body is, also of a DELETE, which Grafana would send without', async () => {
  const asked = serve(() => ({}));
  await ask('kpis/revenue/judgement', { method: 'DELETE', upon: 3, body: { reason: 'only a try' } });
  expect(asked).toMatchObject([
    {
      method: 'DELETE',
      path: 'kpis/revenue/judgement',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"3"' },
      body: { reason: 'only a try' },
    },
  ]);
});

it.each([
  [refusal(409, 'KPI_EDIT_CONFLICT', 'somebody was first', { revision: 2 }), 'somebody was first', 'KPI_EDIT_CONFLICT'],
  [{ status: 404, statusText: '', data: { message: 'not found' }, config: {} }, 'Grafana has no KPI Monitor data', ''],
  [{ status: 403, statusText: '', data: {}, config: {} }, 'Grafana does not let you query the data source kpi', ''],
  [{ status: 401, statusText: '', data: {}, config: {} }, 'You are signed out of Grafana', ''],
  [{ status: 500, statusText: 'Oops', data: '<html>', config: {} }, 'Oops', ''],
])('says who refused, and what to do', async (thrown, message, code) => {
  serve(() => {
    throw thrown;
  });
  await expect(ask('catalogue')).rejects.toMatchObject({ message: expect.stringContaining(message), code });
});
