/** A source of an operator's own: a file that is loaded by its path. */
import { statSync } from 'node:fs';

import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { ModuleSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { isCivil } from '@kpi-monitor/model/time/grain';

import type { OwnSource } from '../../own-source';
import { createSecrets, type Secrets } from '../http/secrets';
import type { RawRecord, Source } from '../source';

import { loadModule, modulePath } from './load';

export interface ModuleContext {
  calendar: Calendar;
  catalogueFolder: string;
  resolve: (text: string) => string;
}

const BATCH = 2000;

export function createModuleSource(
  kpi: Kpi,
  config: ModuleSource,
  { calendar, catalogueFolder, resolve }: ModuleContext
): Source {
  const secrets = createSecrets(resolve);
  let loaded: { mark: string; source: OwnSource } | null = null;
  /** Anew when the file has changed. What it imports is looked at with it, not by itself. */
  const load = async () => {
    const file = modulePath(config.path, catalogueFolder);
    const { mtimeMs, size } = statSync(file);
    const mark = `${file} ${mtimeMs} ${size}`;
    if (loaded?.mark !== mark) {
      loaded = { mark, source: await loadModule(file) };
    }
    return loaded.source;
  };
  const text = (time: number) => (isCivil(kpi.grain) ? isoDate(time) : new Date(time).toISOString());
  return {
    async check() {
      optionsOf(await load(), config, config.options);
    },
    origin: () => null,
    async *read(window, signal) {
      const source = await load();
      const options = optionsOf(source, config, withSecrets(config.options, secrets));
      const { id, grain, dimensions } = kpi;
      let count = 0;
      try {
        const given = source.read({
          ...{
            from: text(window.from),
            to: text(window.to),
            options,
            signal,
            zone: calendar.zone,
            folder: catalogueFolder,
          },
          kpi: { id, grain, dimensions },
        });
        let batch: RawRecord[] = [];
        for await (const one of await given) {
          signal.throwIfAborted();
          for (const record of Array.isArray(one) ? one : [one]) {
            batch.push(recordOf(record, ++count));
          }
          if (batch.length >= BATCH) {
            yield batch;
            batch = [];
          }
        }
        yield batch;
      } catch (error) {
        signal.throwIfAborted();
        throw asSourceError(error, config, secrets);
      }
    },
  };
}

function optionsOf(source: OwnSource, { path }: ModuleSource, options: unknown): Record<string, unknown> {
  try {
    return source.schema ? source.schema.parse(options) : (options as Record<string, unknown>);
  } catch (error) {
    const { issues, message } = error as { issues?: Array<{ path: PropertyKey[]; message: string }>; message: string };
    const mistakes = issues?.map((issue) => `\`${['options', ...issue.path].join('.')}\`: ${issue.message}`);
    throw new KpiError('KPI_SOURCE', `${path} does not take its options: ${mistakes?.join('; ') ?? message}`, { path });
  }
}

function withSecrets(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') {
    return secrets.resolve(value);
  }
  if (Array.isArray(value)) {
    return value.map((inner) => withSecrets(inner, secrets));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSecrets(inner, secrets)]))
    : value;
}

function recordOf(record: unknown, number: number): RawRecord {
  const where = `record ${number}`;
  if (typeof record !== 'object' || record === null) {
    const broken = `the source gives ${String(JSON.stringify(record)).slice(0, 80)}, not {period, value, …}`;
    return { period: null, value: null, dims: {}, where, broken };
  }
  const { period, value, weight, ...dims } = record as Record<string, unknown>;
  return { period, value, weight, dims, where };
}

function asSourceError(error: unknown, { path }: ModuleSource, secrets: Secrets): KpiError {
  const { message = String(error), cause } = Object(error) as Partial<Error>;
  const why = (cause as NodeJS.ErrnoException | undefined)?.code;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? why ?? '';
  const kind = /^E(CONN|NOTFOUND|HOST|NET|AI_|TIMEDOUT|PIPE)|^UND_ERR/.test(code)
    ? 'SOURCE_UNREACHABLE'
    : 'SOURCE_REFUSED';
  const text = secrets.hide(`${path}: ${message}${why ? ` (${why})` : ''}`);
  return error instanceof KpiError ? new KpiError(error.code, text, error.details) : new KpiError(kind, text, { path });
}
