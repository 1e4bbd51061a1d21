import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { schemaText } from './schema';

const ROOT = join(__dirname, '../../..');

test('kpis/kpi.schema.json is what the model says; `npm run schema` writes it', () => {
  expect(readFileSync(join(ROOT, 'kpis/kpi.schema.json'), 'utf8').trim()).toBe(schemaText());
});

test('an editor learns what each field is for', () => {
  const { properties, required, additionalProperties } = JSON.parse(schemaText());
  expect(required).toEqual(expect.arrayContaining(['id', 'name', 'kind']));
  expect(additionalProperties).toBe(false);
  expect(properties.direction).toMatchObject({ enum: ['up', 'down', 'range'], description: expect.any(String) });
});

test.each(['kpis', 'examples/us-employment'])('every KPI file of %s leads an editor to the schema', (folder) => {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /(^|\/)[a-z][a-z0-9_]*\.yaml$/.test(name));
  expect(files.length).toBeGreaterThan(5);
  for (const name of files) {
    const file = join(ROOT, folder, name);
    const [, path] = /^# yaml-language-server: \$schema=(\S+)/.exec(readFileSync(file, 'utf8')) ?? [];
    expect([name, path && existsSync(join(dirname(file), path))]).toEqual([name, true]);
  }
});
