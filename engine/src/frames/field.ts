/** Fields of a frame with their values, typed in the words that Grafana's Go SDK reads back. */
import type { FieldConfig, FrameField, FrameFieldType } from '@kpi-monitor/model/query/frames';

export interface Column {
  field: FrameField;
  values: unknown[];
}

interface Options {
  labels?: Record<string, string>;
  config?: FieldConfig;
}

/** Epoch milliseconds; store times of a day or longer are civil dates at 00:00Z and are sent as they are. */
export function timeField(name: string, values: ReadonlyArray<number | null>, options: Options = {}): Column {
  return column(name, 'time', 'time.Time', values.map(finite), options);
}

/** What is not a finite number is sent as null: JSON has no other word for it. */
export function numberField(name: string, values: ReadonlyArray<number | null>, options: Options = {}): Column {
  return column(name, 'number', 'float64', values.map(finite), options);
}

export function stringField(name: string, values: ReadonlyArray<string | null>, options: Options = {}): Column {
  return column(name, 'string', 'string', [...values], options);
}

export function booleanField(name: string, values: ReadonlyArray<boolean | null>, options: Options = {}): Column {
  return column(name, 'boolean', 'bool', [...values], options);
}

/** Any JSON a cell. */
export function jsonField(name: string, values: readonly unknown[], options: Options = {}): Column {
  return column(name, 'other', 'json.RawMessage', [...values], options);
}

function column(name: string, type: FrameFieldType, goType: string, values: unknown[], options: Options): Column {
  const { labels, config } = options;
  return {
    field: {
      name,
      type,
      typeInfo: { frame: goType, nullable: true },
      ...(labels && { labels }),
      ...(config && { config }),
    },
    values,
  };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
