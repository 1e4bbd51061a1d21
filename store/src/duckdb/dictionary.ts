/** The series of a DuckDB store: each has a small number that its points carry. All of it is held in memory. */
import { type DuckDBConnection } from '@duckdb/node-api';

import { bySeries, dimsKey } from '../points';
import type { ReadRequest } from '../store';

export interface SeriesEntry {
  id: number;
  kpi: string;
  v: number;
  dims: Readonly<Record<string, string>>;
}

type Named = Omit<SeriesEntry, 'id'>;

export class Dictionary {
  private readonly byId: SeriesEntry[] = [];
  private readonly byVersion = new Map<string, Map<string, SeriesEntry>>();

  static async load(connection: DuckDBConnection): Promise<Dictionary> {
    const dictionary = new Dictionary();
    const rows = await (await connection.run('SELECT id, kpi, v, dims FROM series ORDER BY id')).getRows();
    dictionary.remember(
      rows.map(([id, kpi, v, dims]) => ({
        id: Number(id),
        kpi: String(kpi),
        v: Number(v),
        dims: JSON.parse(String(dims)),
      }))
    );
    return dictionary;
  }

  get size(): number {
    return this.byId.length;
  }

  entry(id: number): SeriesEntry {
    return this.byId[id]!;
  }

  /** The series whose names begin with this. */
  among(prefix: string): SeriesEntry[] {
    return this.byId.filter(({ kpi }) => kpi.startsWith(prefix));
  }

  find({ kpi, v, dims }: Named): SeriesEntry | undefined {
    return this.byVersion.get(versionKey(kpi, v))?.get(dimsKey(dims));
  }

  /** Takes in series that are stored; their ids follow the ones that are known. */
  remember(entries: readonly SeriesEntry[]): void {
    for (const entry of entries) {
      this.byId[entry.id] = entry;
      const key = versionKey(entry.kpi, entry.v);
      const siblings = this.byVersion.get(key) ?? new Map<string, SeriesEntry>();
      this.byVersion.set(key, siblings.set(dimsKey(entry.dims), entry));
    }
  }

  /** The series of the versions whose members are allowed, in order of kpi, then dims. */
  select({ series, where = {} }: Pick<ReadRequest, 'series' | 'where'>): SeriesEntry[] {
    const filters = Object.entries(where).map(([dimension, members]) => [dimension, new Set(members)] as const);
    const versions = [...new Set(series.map(({ kpi, v }) => versionKey(kpi, v)))];
    return versions
      .flatMap((version) => [...(this.byVersion.get(version)?.values() ?? [])])
      .filter(({ dims }) => filters.every(([name, allowed]) => Object.hasOwn(dims, name) && allowed.has(dims[name]!)))
      .sort(bySeries);
  }
}

function versionKey(kpi: string, v: number): string {
  return `${kpi} ${v}`;
}
