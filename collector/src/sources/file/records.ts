/** All records of one file, in whichever format it is. */
import { createHash } from 'node:crypto';

import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { isCivil } from '@kpi-monitor/model/time/grain';

import { expression, type JsonExpression } from '../expression';
import { EVERYTHING, type RawRecord, type Window } from '../source';

import { readCsv } from './csv';
import { badFile } from './failures';
import { type FoundFile, hasChanged } from './files';
import { formatByName, formatOf } from './format';
import { type JsonForm, readJson, readNdjson } from './json';
import { readParquet } from './parquet';
import { readXlsx } from './xlsx';

export class FileRecords {
  private readonly mapping: JsonExpression | null;
  private readonly manner: string;

  /**
   * @param zone IANA
   * @throws KpiError KPI_SOURCE for a mapping that cannot work
   */
  constructor(
    private readonly kpi: Kpi,
    private readonly config: FileSource,
    zone: string
  ) {
    this.mapping = config.map === undefined ? null : expression(config.map, 'mapping');
    const format = config.format ?? formatByName(config.path) ?? 'json';
    if (this.mapping && format !== 'json' && format !== 'ndjson') {
      throw new KpiError(
        'KPI_SOURCE',
        `\`map\` is for JSON, not for ${format}; name the columns by \`period\` and \`value\``
      );
    }
    const { grain, dimensions, valid, aggregate, version } = kpi;
    const manner = JSON.stringify([config, grain, dimensions, valid, aggregate, version, zone]);
    this.manner = createHash('sha256').update(manner).digest('base64url').slice(0, 12);
  }

  /** Changes with the file, and with how the KPI asks for it to be read. */
  markOf(file: FoundFile): string {
    return `${file.stamp} ${this.manner}`;
  }

  /**
   * In batches; a file that changes meanwhile counts as none.
   * @param window for a mapping that asks for it
   * @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT
   */
  async *of(file: FoundFile, window: Window, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
    const format = await formatOf(file.path, this.config.format);
    for await (const records of this.read(format, file.path, window, signal)) {
      for (const record of records) {
        // They are nobody else's yet, and there may be millions.
        record.part = file.name;
        record.where = `${file.name} ${record.where}`;
      }
      yield records;
    }
    if (await hasChanged(file)) {
      throw stillWritten(file);
    }
  }

  private read(format: string, path: string, window: Window, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
    const { config } = this;
    switch (format) {
      case 'csv':
        return readCsv(path, config, signal);
      case 'xlsx':
        return readXlsx(path, config, signal);
      case 'parquet':
        return readParquet(path, config, signal);
      case 'ndjson':
        return readNdjson(path, this.jsonForm(window), signal);
      default:
        return readJson(path, this.jsonForm(window), signal);
    }
  }

  private jsonForm({ from, to }: Window): JsonForm {
    const text = (time: number) =>
      isCivil(this.kpi.grain) ? isoDate(Math.max(time, FIRST_DATE)) : new Date(time).toISOString();
    return { config: this.config, mapping: this.mapping, bounds: { from: text(from), to: text(to) } };
  }
}

const FIRST_DATE = Date.UTC(1, 0, 1);

export const ALL_TIMES: Window = { from: EVERYTHING, to: Date.UTC(9999, 11, 31) };

export function stillWritten({ path }: FoundFile): KpiError {
  return badFile(path, 'is still being written; it is read when it rests. If it never does, raise `settle`');
}
