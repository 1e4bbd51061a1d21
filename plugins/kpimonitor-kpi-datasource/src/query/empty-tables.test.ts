import { createDataFrame, type DataFrame } from '@grafana/data';

import { withoutEmptyTables } from './empty-tables';

const table = (answer: string, values: string[]) =>
  createDataFrame({ meta: { type: 'table' as never, custom: { answer } }, fields: [{ name: 'name', values }] });
const columns = (frame: DataFrame) =>
  (withoutEmptyTables({ data: [frame] }).data[0] as DataFrame).fields.map(({ name }) => name);

it('takes the columns off a table without rows, so that a panel says its own words for nothing', () => {
  expect(columns(table('quality', []))).toEqual([]);
});

it.each([
  ['a table with rows', table('quality', ['Revenue'])],
  ['what our own panels draw', table('status', [])],
  ['no table', createDataFrame({ meta: { custom: { answer: 'quality' } }, fields: [{ name: 'name', values: [] }] })],
])('leaves %s as it is', (_, frame) => {
  expect(columns(frame)).toEqual(['name']);
});
