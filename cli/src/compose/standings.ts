/** Where KPIs stand, as rows of the engine's `status` answer. */
import type { QueryResponse, StatusRow } from '@kpi-monitor/model/query/frames';
import { readError, KpiError } from '@kpi-monitor/model/errors';

export type Standing = Pick<
  StatusRow,
  'kpi' | 'value' | 'valueText' | 'period' | 'periodText' | 'status' | 'freshness' | 'overdue' | 'ageText' | 'dataUntil'
>;

const COLUMNS: ReadonlyArray<keyof Standing> = [
  ...(['kpi', 'value', 'valueText', 'period', 'periodText', 'status', 'freshness', 'overdue'] as const),
  ...(['ageText', 'dataUntil'] as const),
];

/**
 * @param ask the engine, here or in a running instance
 * @param kpis ids; all that are shown when absent
 * @throws KpiError what the engine refuses with
 */
export async function standingsOf(
  ask: (body: object) => Promise<QueryResponse>,
  kpis?: readonly string[]
): Promise<Map<string, Standing>> {
  const query = { refId: 'A', v: 1, type: 'status', select: kpis ? { kpis } : {}, format: 'table' };
  const { results } = await ask({ queries: [query], from: 'now-1y', to: 'now' });
  const { error, frames } = results.A ?? {};
  if (error) {
    const { code, message } = readError(error);
    throw new KpiError(code, message);
  }
  const [frame] = frames ?? [];
  const column = (name: keyof Standing) => {
    const index = frame?.schema.fields.findIndex((field) => field.name === name) ?? -1;
    return frame?.data.values[index] ?? [];
  };
  const values = COLUMNS.map((name) => [name, column(name)] as const);
  return new Map(
    column('kpi').map((kpi, i) => [
      kpi as string,
      Object.fromEntries(values.map(([name, its]) => [name, its[i]])) as unknown as Standing,
    ])
  );
}
