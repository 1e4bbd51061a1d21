/** At which address a KPI takes events. */
import type { Kpi } from './catalogue';

/** The `:hook` of `/api/hooks/:hook`, which several KPIs may share; null for one that takes none. */
export function hookOf({ id, source }: Pick<Kpi, 'id' | 'source'>): string | null {
  return source?.kind === 'webhook' ? (source.hook ?? id) : null;
}
