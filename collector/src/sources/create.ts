/** The source that a KPI file asks for. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import type { Connections } from './connection';
import { createDemoSource } from './demo/source';
import { createFileSource, fileOfCsv } from './file/source';
import { type CursorMemory, cursorFile, cursorInMemory } from './http/cursor-memory';
import { createHttpSource } from './http/source';
import { createInfluxqlSource } from './influxql/source';
import { createModuleSource } from './module/source';
import { createPrometheusSource } from './prometheus/source';
import { duePeriod } from './readiness';
import { withSince } from './since';
import type { Source } from './source';
import { createSqlSource } from './sql/source';

export interface SourceContext {
  calendar: Calendar;
  clock: () => number;
  /** the folder of the catalogue, which paths of files are relative to */
  catalogueFolder: string;
  connections: Connections;
  /** puts secrets in for `${env:…}` and `${file:…}`, at each read */
  resolve: (text: string) => string;
  /** folder for where each source goes on next time; without one that is known for as long as the process runs */
  cursorFolder?: string;
}

/** @throws KpiError KPI_SOURCE for what cannot work, whatever the source answers */
export function createSource(kpi: Kpi, context: SourceContext): Source {
  return withSince(sourceOf(kpi, context), kpi, context.calendar);
}

function sourceOf(kpi: Kpi, context: SourceContext): Source {
  const { source } = kpi;
  const due = () => duePeriod(kpi, context.clock(), context.calendar);
  switch (source?.kind) {
    case 'csv':
      return createFileSource(kpi, fileOfCsv(source), context);
    case 'file':
      return createFileSource(kpi, source, context);
    case 'http':
      return createHttpSource(source, { ...context, grain: kpi.grain, memory: memoryOf(kpi, source, context), due });
    case 'sql':
      return createSqlSource(source, { ...context, grain: kpi.grain, due });
    case 'prometheus':
      return createPrometheusSource(source, { ...context, grain: kpi.grain });
    case 'influxql':
      return createInfluxqlSource(source, { ...context, grain: kpi.grain });
    case 'module':
      return createModuleSource(kpi, source, context);
    case 'demo':
      return createDemoSource(kpi, context);
    default:
      throw new KpiError('KPI_SOURCE', `\`${kpi.id}\` has no source to read`, { kpi: kpi.id });
  }
}

function memoryOf(kpi: Kpi, { url, cursor }: HttpSource, { cursorFolder }: SourceContext): CursorMemory {
  return cursorFolder === undefined
    ? cursorInMemory()
    : cursorFile(cursorFolder, kpi.id, JSON.stringify([kpi.version, url, cursor]));
}
