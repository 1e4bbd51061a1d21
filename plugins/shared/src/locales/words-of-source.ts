/** For tests: the words that a plugin's source asks for, those of the shared parts included. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { COMPARED_TEXT } from '@kpi-monitor/model/query/correlation-frames';
import { STATUS_TEXT } from '@kpi-monitor/model/status';

/** Words that the model has already. */
const TABLES: Record<string, Record<string, string>> = { STATUS_TEXT, COMPARED_TEXT };
const CALL = /\bt\(\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|(STATUS_TEXT|COMPARED_TEXT)\.(\w+))/g;

/**
 * @param folder of the plugin's source
 * @returns id -> text in English
 */
export function wordsOfSource(folder: string): Record<string, string> {
  return { ...wordsIn(resolve(__dirname, '..')), ...wordsIn(folder) };
}

function wordsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.')
  );
  const calls = files.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(CALL)]);
  return Object.fromEntries(calls.map(([, id, text, table, word]) => [id, text ?? TABLES[table!]?.[word!] ?? '']));
}

/** A locale file's words, by the ids that `t` is asked for. */
export function wordsOfLocale(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value]] : Object.entries(wordsOfLocale(value, `${path}${key}.`))
    )
  );
}
