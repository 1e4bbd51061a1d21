/** What has to be known of each kind of source before a KPI file can be written. */
import type { Question } from '../terminal/questions';

export interface SourceField {
  /** as the KPI file and the option call it */
  name: string;
  question: Omit<Question, 'refuse'>;
}

/** Kinds that are asked about one by one; others take `--set`. */
export const SOURCE_KINDS: ReadonlyArray<readonly [kind: string, meaning: string]> = [
  ['csv', 'a CSV file'],
  ['file', 'an Excel, Parquet or JSON file, or several by a pattern'],
  ['http', 'JSON of a web service'],
  ['sql', 'a query in a database'],
  ['push', 'your programs send values'],
];

export const SOURCE_FIELDS: Readonly<Record<string, readonly SourceField[]>> = {
  file: [
    { name: 'path', question: { text: 'File, or a pattern such as sales/*.xlsx' } },
    { name: 'period', question: { text: 'Column with the period' } },
    { name: 'value', question: { text: 'Column with the value' } },
  ],
  http: [
    { name: 'url', question: { text: 'Address; {from} and {to} stand for the first and the last day' } },
    {
      name: 'map',
      question: { text: 'JSONata that makes records of the answer', usual: "$.{ 'period': date, 'value': value }" },
    },
  ],
  sql: [
    { name: 'connection', question: { text: 'Connection, as kpi-monitor.yaml calls it' } },
    {
      name: 'query',
      question: { text: 'Query for period, value and dimensions; :from and :to stand for the first and the last day' },
    },
  ],
  push: [],
};
