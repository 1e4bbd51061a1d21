/** Every word that the source asks for is in the locale file that translators start from, and nothing else is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { STATUS_TEXT } from '@kpi-monitor/model/status';

import en from './locales/en-US/kpimonitor-scorecard-panel.json';

const CALL = /\bt\(\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|STATUS_TEXT\.(\w+))/g;

function wordsOfSource(): Record<string, string> {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.')
  );
  const calls = files.flatMap((name) => [...readFileSync(join(__dirname, name), 'utf8').matchAll(CALL)]);
  return Object.fromEntries(
    calls.map(([, id, text, status]) => [id, text ?? STATUS_TEXT[status as keyof typeof STATUS_TEXT]])
  );
}

function flat(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value]] : Object.entries(flat(value, `${path}${key}.`))
    )
  );
}

it('has the words of the source', () => {
  expect(flat(en)).toEqual(wordsOfSource());
});
