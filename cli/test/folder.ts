/** A folder with a configuration and KPI files, and an output that remembers its lines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Output } from '../src/commands/options';

export interface TestFolder {
  path: string;
  write(name: string, text: string): string;
  remove(): void;
}

export function testFolder(files: Record<string, string> = {}): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'kpi-cli-'));
  const folder: TestFolder = {
    path,
    write(name, text) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  Object.entries(files).forEach(([name, text]) => folder.write(name, text));
  return folder;
}

export function recordedOutput(): Output & { lines: string[]; text: () => string } {
  const lines: string[] = [];
  return { lines, line: (text) => lines.push(...text.split('\n')), text: () => lines.join('\n') };
}

/** A small company: orders from a CSV file beside its catalogue. */
export const SHOP: Record<string, string> = {
  'kpi-monitor.yaml': 'zone: Europe/Berlin\n',
  'orders.csv': 'date,region,orders\n2026-01-01,West,3\n2026-01-01,East,4\n2026-01-02,West,n/a\n',
  'kpis/orders.yaml': `id: orders
name: Orders
category: sales
kind: flow
dimensions: [region]
source: { kind: csv, path: ../orders.csv, period: date, value: orders, dimensions: { region: region } }
`,
};
