/** Tables from rows: each property is a column under its own name. */
import type { FieldConfig } from '@kpi-monitor/model/query/frames';

import { booleanField, type Column, jsonField, numberField, stringField, timeField } from './field';

const FIELDS = {
  time: timeField,
  number: numberField,
  string: stringField,
  boolean: booleanField,
  json: jsonField,
} as const;

export interface ColumnStyle {
  type: keyof typeof FIELDS;
  config?: FieldConfig;
}

/** The style of every property of a row, in the order of the columns. */
export type Columns<Row> = { [Name in keyof Row]-?: ColumnStyle | keyof typeof FIELDS };

export function tableColumns<Row extends object>(rows: readonly Row[], columns: Columns<Row>): Column[] {
  return (Object.entries(columns) as Array<[keyof Row & string, ColumnStyle | keyof typeof FIELDS]>).map(
    ([name, given]) => {
      const { type, config } = typeof given === 'string' ? { type: given, config: undefined } : given;
      const field = FIELDS[type] as (name: string, values: readonly unknown[], options: object) => Column;
      return field(
        name,
        rows.map((row) => row[name]),
        { config }
      );
    }
  );
}
