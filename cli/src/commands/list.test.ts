import { join } from 'node:path';

import { recordedOutput, SHOP, testFolder } from '../../test/folder';

import { list } from './list';

const ROOT = join(__dirname, '../../..');

test('lists the catalogue without an instance, and says how to see values', async () => {
  const folder = testFolder({
    ...SHOP,
    '.kpi/instance.json': JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:1' }),
  });
  const out = recordedOutput();
  expect(await list({ config: join(folder.path, 'kpi-monitor.yaml') }, out)).toBe(0);
  expect(out.lines.slice(0, 2).map((line) => line.split(/ {2,}/))).toEqual([
    ['ID', 'NAME', 'CATEGORY', 'JUDGED', 'SOURCE'],
    ['orders', 'Orders', 'sales', 'day', 'csv'],
  ]);
  expect(out.text()).toContain('no instance runs');
  folder.remove();
});

test('JSON for programs: all sixteen of the default catalogue', async () => {
  const out = recordedOutput();
  await list({ config: join(ROOT, 'kpi-monitor.yaml'), json: true }, out);
  const { catalogue, kpis } = JSON.parse(out.text());
  expect(catalogue).toBe('Demo company');
  expect(kpis).toHaveLength(16);
  expect(kpis).toContainEqual(
    expect.objectContaining({ id: 'revenue', category: 'financial', tier: 'headline', judgedAt: 'month' })
  );
});
