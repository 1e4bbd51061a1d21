import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from './read';

const root = mkdtempSync(join(tmpdir(), 'kpi-own-'));
mkdirSync(join(root, 'kpis'));
mkdirSync(join(root, 'sales'));
mkdirSync(join(root, 'example'));
writeFileSync(join(root, 'kpi-monitor.yaml'), 'store: { kind: duckdb, path: .kpi/demo.duckdb }\n');
writeFileSync(join(root, 'example/kpi-monitor.yaml'), 'catalogue: .\n');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const pathsOf = (catalogue?: string) => {
  const { store, dataFolder } = readConfig({ cwd: root, catalogue });
  return [store.kind === 'duckdb' && store.path, dataFolder];
};

describe('the data of a catalogue', () => {
  it('are where the configuration says, for the catalogue that it names', () => {
    expect(pathsOf()).toEqual(['.kpi/demo.duckdb', join(root, '.kpi')]);
    expect(pathsOf('kpis')).toEqual(['.kpi/demo.duckdb', join(root, '.kpi')]);
  });

  it('are kept apart for another that is run under the same configuration', () => {
    expect(pathsOf('sales')).toEqual([join(root, '.kpi/sales/kpi.duckdb'), join(root, '.kpi/sales')]);
  });

  it('are beside a catalogue that brings its own configuration', () => {
    expect(pathsOf('example')).toEqual(['.kpi/kpi.duckdb', join(root, 'example/.kpi')]);
  });
});
