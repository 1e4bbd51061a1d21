/** Files as a source: one, or all that a pattern means, of which the new and the changed are read. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { CsvSource, FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import { milliseconds } from '../../duration';
import { EVERYTHING, type FilePart, type Source } from '../source';

import { changesOf } from './changes';
import { filePattern, findFiles, type FoundFile } from './files';
import { formatOf } from './format';
import { FileReadiness } from './readiness';
import { FileRecords } from './records';
import { Span } from './span';

export interface FileContext {
  calendar: Calendar;
  clock: () => number;
  /** the folder of the catalogue, which paths are relative to */
  catalogueFolder: string;
}

/** @throws KpiError KPI_SOURCE for a path or a mapping that cannot work */
export function createFileSource(kpi: Kpi, config: FileSource, context: FileContext): Source {
  const { calendar, clock } = context;
  const pattern = filePattern(config.path, context.catalogueFolder);
  const records = new FileRecords(kpi, config, calendar.zone);
  const readiness = new FileReadiness(kpi, config, records, context);
  const find = async (known: readonly FilePart[], signal: AbortSignal): Promise<FoundFile[]> => {
    const files = await findFiles(pattern, signal);
    if (files.length === 0 && known.length === 0) {
      throw new KpiError('SOURCE_UNREACHABLE', `${pattern.path}: no file is called so`, { path: pattern.path });
    }
    return files;
  };
  return {
    origin: () => EVERYTHING,
    async check() {
      const [newest] = await find([], new AbortController().signal);
      await formatOf(newest!.path, config.format);
    },
    async changes(known, also, signal) {
      const now = clock();
      const newSpan = () => new Span(kpi, calendar, now);
      await readiness.requireFile(signal);
      const files = await find(known, signal);
      await readiness.requireRows(files, signal);
      return changesOf(files, known, also, { records, newSpan, settle: milliseconds(config.settle), now }, signal);
    },
    async *read(window, signal) {
      const asks = window.to > readiness.due.from;
      if (asks) {
        await readiness.requireFile(signal);
      }
      const files = await find([], signal);
      if (asks) {
        await readiness.requireRows(files, signal);
      }
      for (const file of files) {
        yield* records.of(file, window, signal);
      }
    },
  };
}

/** What `kind: csv` means: one file, with the names of fields that it had first. */
export function fileOfCsv({ format, ...csv }: CsvSource): FileSource {
  const period = format === undefined ? {} : { period_format: format };
  return { ...csv, ...period, kind: 'file', format: 'csv', settle: '0ms' };
}
