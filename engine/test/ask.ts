/** Asks an engine one query and takes the answer apart. */
import type { Frame, FrameField, QueryResult } from '@kpi-monitor/model/query/frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';

import type { Engine } from '../src/engine';

export async function askAll(
  engine: Engine,
  queries: object[],
  range: { from?: string; to?: string } = {}
): Promise<Record<string, QueryResult>> {
  const { results } = await engine.answer(queryRequest.parse({ ...range, queries }));
  return results;
}

/** @throws Error when the query is answered with one */
export async function ask(engine: Engine, query: object, range: { from?: string; to?: string } = {}): Promise<Frame[]> {
  const { A: result } = await askAll(engine, [{ v: 1, refId: 'A', ...query }], range);
  if (!result?.frames) {
    throw new Error(result?.error ?? 'no answer');
  }
  return result.frames;
}

export function fieldOf(frame: Frame, name: string): FrameField & { values: unknown[] } {
  const index = frame.schema.fields.findIndex((field) => field.name === name);
  if (index < 0) {
    throw new Error(`no field ${name} among ${frame.schema.fields.map((field) => field.name).join(', ')}`);
  }
  return { ...frame.schema.fields[index]!, values: frame.data.values[index]! };
}

/** A table frame as rows. */
export function rowsOf<Row>(frame: Frame): Row[] {
  const [first = []] = frame.data.values;
  return first.map(
    (_, i) =>
      Object.fromEntries(frame.schema.fields.map((field, column) => [field.name, frame.data.values[column]![i]])) as Row
  );
}
