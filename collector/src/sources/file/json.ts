/** Records of JSON and of NDJSON (one JSON text a line), by columns or by a JSONata mapping. */
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';

import type { JsonExpression } from '../expression';
import { nothingMapped, recordsOfMapped } from '../mapped';
import type { RawRecord } from '../source';

import { badFile } from './failures';
import { recordsOfTable, type Row } from './table';
import { textOf, UNKNOWN_CHARACTER } from './text';

/** Of one JSON text, which is held in memory as a whole. */
export const MOST_JSON_BYTES = 64 * 1024 ** 2;
/** Characters of one line of NDJSON. */
export const LONGEST_LINE = 1024 ** 2;

export interface JsonForm {
  config: FileSource;
  /** null reads by columns */
  mapping: JsonExpression | null;
  /** civil dates or instants, for the mapping */
  bounds: { from: string; to: string };
}

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT */
export async function* readJson(path: string, form: JsonForm, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  let text = '';
  for await (const chunk of textOf(path, { ...form.config, mostBytes: MOST_JSON_BYTES }, signal)) {
    text += chunk;
  }
  const value = parse(text, path);
  if (form.mapping) {
    const mapped = await form.mapping.on(value, form.bounds, path);
    if (mapped === undefined) {
      throw nothingMapped(value, path);
    }
    yield recordsOfMapped(mapped);
    return;
  }
  if (!Array.isArray(value)) {
    throw badFile(path, 'holds no list; say by `map` where its records are');
  }
  yield* recordsOfTable(tableOf([value.map((item, i) => ({ item, where: `item ${i + 1}` }))], form), {
    path,
    config: { ...form.config, header: 1 },
    isStrict: false,
  });
}

/** A line that is no JSON is a broken record. */
export async function* readNdjson(path: string, form: JsonForm, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  const items = itemsOf(path, form, signal);
  if (!form.mapping) {
    yield* recordsOfTable(tableOf(items, form), { path, config: { ...form.config, header: 1 }, isStrict: false });
    return;
  }
  for await (const batch of items) {
    const records: RawRecord[] = [];
    for (const { item, where, broken } of batch) {
      if (broken !== undefined) {
        records.push({ period: null, value: null, dims: {}, where, broken });
        continue;
      }
      const mapped = await form.mapping.on(item, form.bounds, `${path} ${where}`);
      records.push(...(mapped === undefined ? [] : recordsOfMapped(mapped)).map((record) => ({ ...record, where })));
    }
    yield records;
  }
}

interface Item {
  item: unknown;
  where: string;
  broken?: string;
}

/** Records of the wanted fields alone, as rows under a header of their names. */
async function* tableOf(
  batches: AsyncIterable<Item[]> | Iterable<Item[]>,
  { config }: JsonForm
): AsyncGenerator<Row[]> {
  const { period, value, weight, dimensions = {} } = config;
  const fields = [...new Set([period!, value!, weight ?? value!, ...Object.values(dimensions)].map(String))];
  yield [{ cells: fields, where: 'header', number: 1 }];
  let number = 1;
  for await (const batch of batches) {
    yield batch.map(({ item, where, broken }): Row => {
      const isRecord = typeof item === 'object' && item !== null && !Array.isArray(item);
      const cells = isRecord ? fields.map((field) => fieldOf(item, field)) : [];
      const wrong = broken ?? (isRecord ? undefined : 'it is no JSON object');
      return { cells, where, number: ++number, ...(wrong !== undefined && { broken: wrong }) };
    });
  }
}

/** A field by its name, or by a path of names with dots between. */
function fieldOf(item: object, field: string): unknown {
  if (Object.hasOwn(item, field)) {
    return (item as Record<string, unknown>)[field];
  }
  return field
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
          ? (inner as Record<string, unknown>)[name]
          : undefined,
      item
    );
}

async function* itemsOf(path: string, { config }: JsonForm, signal: AbortSignal): AsyncGenerator<Item[]> {
  let rest = '';
  let line = 0;
  const itemOf = (text: string): Item[] => {
    line++;
    const where = `line ${line}`;
    if (text.trim() === '') {
      return [];
    }
    try {
      return [{ item: JSON.parse(text), where }];
    } catch (error) {
      const hint = text.includes(UNKNOWN_CHARACTER) ? '; set `encoding`' : '';
      return [{ item: null, where, broken: `it is no JSON: ${(error as Error).message.slice(0, 200)}${hint}` }];
    }
  };
  for await (const chunk of textOf(path, config, signal)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) {
      throw badFile(path, `line ${line + lines.length + 1} is longer than ${LONGEST_LINE} characters; is it NDJSON?`);
    }
    yield lines.flatMap(itemOf);
  }
  yield itemOf(rest);
}

function parse(text: string, path: string): unknown {
  if (text.trim() === '') {
    throw badFile(path, 'is empty; it should hold a JSON text');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? NaN);
    const line = Number.isNaN(position) ? '' : ` in line ${text.slice(0, position).split('\n').length}`;
    throw badFile(path, `is no JSON${line}: ${message.slice(0, 200)}`, error);
  }
}
