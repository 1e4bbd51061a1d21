/** Tables without a row, as Grafana's table panel needs them. */
import type { DataFrame, DataQueryResponse } from '@grafana/data';
import type { AnswerMeta } from '@kpi-monitor/model/query/frames';

/** Answers that our own panels draw: they say themselves what an empty one means, and read its columns. */
const DRAWN_BY_OURS = new Set(['status', 'forecast', 'correlation', 'series']);

/** Grafana's table says a panel's own words for nothing only when there are no columns; else it is an empty box. */
export function withoutEmptyTables(response: DataQueryResponse): DataQueryResponse {
  return { ...response, data: response.data.map((frame: DataFrame) => (isEmptyTable(frame) ? bare(frame) : frame)) };
}

function isEmptyTable({ meta, length }: DataFrame): boolean {
  const { answer = '' } = (meta?.custom ?? {}) as Partial<AnswerMeta>;
  return length === 0 && String(meta?.type) === 'table' && !DRAWN_BY_OURS.has(answer);
}

function bare(frame: DataFrame): DataFrame {
  return { ...frame, fields: [] };
}
