/**
 * Whether files are complete for the last period that is over: by a file that is put beside them when they are, by a
 * condition over their rows, or both.
 */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { type FileSource, periodFormats } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { instantOf } from '@kpi-monitor/model/time/period';
import { DateTime } from 'luxon';

import { readPeriod } from '../../validation/period';
import { expression, type JsonExpression } from '../expression';
import { boundsOf } from '../http/template';
import { type DuePeriod, duePeriod, isYes, notReady } from '../readiness';
import type { RawRecord } from '../source';

import { filePattern, findFiles, type FoundFile } from './files';
import type { FileRecords } from './records';

export interface ReadinessContext {
  calendar: Calendar;
  clock: () => number;
  /** the folder of the catalogue, which paths are relative to */
  catalogueFolder: string;
}

/** Rows of one period that a condition is asked about. */
export const MOST_ROWS = 100_000;

/** `{from}`, `{to}`, and in another form `{from:yyyyMMdd}` */
const PLACE = /\{(from|to)(?::([^{}]+))?\}/g;

export class FileReadiness {
  private readonly condition: JsonExpression | null;
  /** of which period and files it was asked last, and whether they were complete */
  private last: { asked: string; isReady: boolean } | null = null;

  /** @throws KpiError KPI_SOURCE for what cannot work */
  constructor(
    private readonly kpi: Kpi,
    private readonly config: FileSource,
    private readonly records: FileRecords,
    private readonly context: ReadinessContext
  ) {
    const { ready_when, ready_file } = config;
    this.condition = ready_when === undefined ? null : expression(ready_when, '`ready_when`');
    if (ready_file !== undefined) {
      filePattern(this.placed(ready_file, this.due), context.catalogueFolder);
    }
  }

  get due(): DuePeriod {
    return duePeriod(this.kpi, this.context.clock(), this.context.calendar);
  }

  /** @throws KpiError SOURCE_NOT_READY until the file is there, SOURCE_UNREACHABLE when its folder cannot be read */
  async requireFile(signal: AbortSignal): Promise<void> {
    const { kpi, config, context, due } = this;
    if (config.ready_file === undefined) {
      return;
    }
    const name = this.placed(config.ready_file, due);
    const found = await findFiles(filePattern(name, context.catalogueFolder), signal).catch(noneYet);
    // A name without a date says nothing of this period when it was there before the period was over.
    const isDated = name !== config.ready_file;
    const end = instantOf(due.to, kpi.grain, context.calendar);
    if (found.length === 0) {
      throw notReady(due, `there is no file ${name} yet`);
    }
    if (!isDated && found.every(({ changed }) => changed < end)) {
      throw notReady(due, `the file ${name} is older than the period's end`);
    }
  }

  /**
   * @param files all that there are
   * @throws KpiError SOURCE_NOT_READY until `ready_when` is true of the rows of the period; SOURCE_UNREACHABLE,
   * SOURCE_FORMAT when it is not and a file that may hold more of them cannot be read
   */
  async requireRows(files: readonly FoundFile[], signal: AbortSignal): Promise<void> {
    const { condition, config, due, kpi, records } = this;
    if (!condition) {
      return;
    }
    const marks = files.map((file) => `${file.name} ${records.markOf(file)}`);
    const asked = [due.from, ...marks.sort()].join('\n');
    if (this.last?.asked !== asked) {
      this.last = null;
      const { rows, failure } = await this.rowsOf(files, due, signal);
      const answer = await condition.on({ rows }, boundsOf(due, kpi.grain), `the rows of ${config.path}`);
      const isReady = isYes(answer);
      if (failure && !isReady) {
        throw failure;
      }
      this.last = { asked, isReady };
    }
    if (!this.last.isReady) {
      throw notReady(due);
    }
  }

  private async rowsOf(files: readonly FoundFile[], due: DuePeriod, signal: AbortSignal) {
    const { grain, source } = this.kpi;
    const form = { grain, calendar: this.context.calendar, formats: periodFormats(source) };
    const period = boundsOf(due, grain).from;
    const isDue = (record: RawRecord) => record.broken === undefined && readPeriod(record.period, form) === due.from;
    const rows: unknown[] = [];
    let failure: unknown = null;
    for (const file of files) {
      try {
        for await (const batch of this.records.of(file, due, signal)) {
          rows.push(...batch.filter(isDue).map(({ value, weight, dims }) => ({ ...dims, period, value, weight })));
          if (rows.length > MOST_ROWS) {
            const message = `${due.text} has more than ${MOST_ROWS} rows, too many for \`ready_when\`; use \`ready_file\``;
            throw new KpiError('SOURCE_FORMAT', message, { rows: rows.length });
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        // Its rows may not be needed, and what is wrong with it is said when it is read.
        failure ??= error;
      }
    }
    return { rows, failure };
  }

  private placed(path: string, due: DuePeriod): string {
    const { kpi, context } = this;
    const zone = isCivil(kpi.grain) ? 'utc' : context.calendar.zone;
    return path.replace(PLACE, (_, name: 'from' | 'to', form = 'yyyy-MM-dd') =>
      DateTime.fromMillis(due[name], { zone, locale: 'en' }).toFormat(form as string)
    );
  }
}

/** A folder that is not there yet holds no file. */
function noneYet(error: unknown): FoundFile[] {
  const { code } = (error as { cause?: NodeJS.ErrnoException }).cause ?? {};
  if (code === 'ENOENT') {
    return [];
  }
  throw error;
}
