/** Edits of thresholds and targets: kept in the store's log `reference`, and in memory, since every answer asks for them. */
import type { RecordedEdit } from '@kpi-monitor/model/judgement/edits';
import type { JudgementEdit } from '@kpi-monitor/model/query/judgement-answer';
import type { LogEntry, Store } from '@kpi-monitor/store/store';

export interface StoredEdit extends RecordedEdit, Omit<JudgementEdit, 'from' | 'time' | 'action' | 'revision'> {
  /** hash of its record in the audit trail */
  audit: string;
}

export interface EditLog {
  /** By KPI, oldest first; a KPI without any is absent. Another map after each edit. @throws KpiError STORE_UNREACHABLE */
  all(): Promise<ReadonlyMap<string, readonly StoredEdit[]>>;
  /**
   * @param expected newest revision that the editor has seen
   * @throws KpiError STORE_REFUSED when there is a newer one; it is loaded then
   */
  append(kpi: string, edit: Omit<StoredEdit, 'revision'>, expected: number): Promise<StoredEdit>;
}

const KIND = 'judgement';

export function createEditLog(store: Pick<Store, 'append' | 'entries'>): EditLog {
  let loading: Promise<ReadonlyMap<string, readonly StoredEdit[]>> | null = null;

  const load = async () => {
    const byKpi = new Map<string, StoredEdit[]>();
    for (const entry of await store.entries('reference')) {
      if (entry.data['kind'] === KIND) {
        const edits = byKpi.get(entry.kpi);
        if (edits) {
          edits.push(editOf(entry));
        } else {
          byKpi.set(entry.kpi, [editOf(entry)]);
        }
      }
    }
    byKpi.forEach((edits) => edits.sort((a, b) => a.revision - b.revision));
    return byKpi;
  };

  const all = () => {
    if (!loading) {
      const begun = load();
      loading = begun;
      // Whoever asks next tries again.
      begun.catch(() => (loading = loading === begun ? null : loading));
    }
    return loading;
  };

  return {
    all,

    async append(kpi, edit, expected) {
      const known = await all();
      const { time, ...rest } = edit;
      try {
        const entry = await store.append('reference', { time, kpi, data: { kind: KIND, ...rest } }, expected);
        const appended = editOf(entry);
        loading = Promise.resolve(new Map(known).set(kpi, [...(known.get(kpi) ?? []), appended]));
        return appended;
      } catch (error) {
        loading = null;
        throw error;
      }
    },
  };
}

function editOf({ time, revision, data: { kind: _, ...edit } }: LogEntry): StoredEdit {
  return { ...(edit as unknown as Omit<StoredEdit, 'time' | 'revision'>), time, revision };
}
