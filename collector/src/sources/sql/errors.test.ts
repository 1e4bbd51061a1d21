import { KpiError } from '@kpi-monitor/model/errors';

import { withoutPassword } from './errors';

test.each([
  ['mysql://kpi:p%40ss@db/shop', 'no login with p%40ss or p@ss', 'no login with *** or ***'],
  ['postgres://kpi:hunter2@db/shop?sslmode=require', 'at hunter2', 'at ***'],
  ['postgres://db/shop', 'at db', 'at db'],
  ['mysql://kpi:100%@db/shop', 'with 100%', 'with ***'],
])('the password of %s is in no message', (url, said, shown) => {
  const error = withoutPassword(new KpiError('SOURCE_REFUSED', said, { connection: 'erp' }), url);
  expect(error).toMatchObject({ code: 'SOURCE_REFUSED', message: shown, details: { connection: 'erp' } });
  expect(error.cause).toBeUndefined();
});
