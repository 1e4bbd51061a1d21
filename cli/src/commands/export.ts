/** `kpi export`: values of KPIs as CSV or JSON, to where the command writes or into a file. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import { type Catalogue, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';
import { addDays, addMonths } from '@kpi-monitor/model/time/civil';
import { type Grain, GRAINS } from '@kpi-monitor/model/time/grain';

import { ask } from '../compose/ask';
import { calendarOf } from '../compose/calendar';
import { catalogueOf } from '../compose/catalogue';
import { openHouse } from '../compose/house';
import { reachInstance } from '../compose/instance';
import { type LoadedConfig, readConfig } from '../config/read';
import { FORMATS } from '../export/formats';
import { type ExportRequest, exportRows } from '../export/rows';
import { EXIT } from '../exit-code';

import { rangeOf } from './dates';
import type { CommonOptions } from './options';

export interface ExportOptions extends CommonOptions {
  from?: string;
  to?: string;
  grain?: string;
  split?: string;
  format?: string;
  /** `--out FILE` */
  out?: string;
}

type FormatName = keyof typeof FORMATS;
type Query = (body: object) => Promise<QueryResponse>;

/** Months back when no beginning is given. */
const USUAL_REACH = 12;

/**
 * @param stdout where rows go without `--out`
 * @throws KpiError KPI_UNKNOWN, REQUEST_INVALID, QUERY_*; a file that is written then stays as it was
 */
export async function exportKpis(
  ids: string[],
  options: ExportOptions,
  stdout: NodeJS.WritableStream,
  version: string
): Promise<number> {
  const config = readConfig(options);
  const catalogue = catalogueOf(config);
  const kpis = ids.length > 0 ? ids.map((id) => kpiOf(catalogue, id)) : catalogue.kpis;
  const request = requestOf(options, config, kpis);
  const format = formatOf(options);
  const calendar = calendarOf(config);
  await withEngine(config, version, (query) =>
    into(options.out, stdout, async (write) => {
      let isFirst = true;
      await write(format.head);
      for (const kpi of kpis) {
        for await (const rows of exportRows(kpi, request, query, calendar)) {
          let text = '';
          for (const row of rows) {
            text += format.row(row, isFirst);
            isFirst = false;
          }
          await write(text);
        }
      }
      await write(format.tail);
    })
  );
  return EXIT.good;
}

/** @throws KpiError REQUEST_INVALID, KPI_DIMENSION_UNKNOWN, QUERY_RANGE */
function requestOf(options: ExportOptions, config: LoadedConfig, kpis: Catalogue['kpis']): ExportRequest {
  const { grain, split } = options;
  if (grain !== undefined && !GRAINS.includes(grain as Grain)) {
    throw new KpiError('REQUEST_INVALID', `--grain ${grain} is none of ${GRAINS.join(', ')}`);
  }
  const without = split === undefined ? undefined : kpis.find(({ dimensions }) => !dimensions.includes(split));
  if (without) {
    const known = without.dimensions.length > 0 ? `it has ${without.dimensions.join(', ')}` : 'it has none';
    throw new KpiError('KPI_DIMENSION_UNKNOWN', `\`${without.id}\` cannot be split by \`${split}\`; ${known}`);
  }
  const today = calendarOf(config).toCivil(Date.now());
  const { to = addDays(today, 1), from = addMonths(to, -USUAL_REACH) } = rangeOf(options);
  if (from >= to) {
    throw new KpiError('QUERY_RANGE', `--from ${options.from} is not before today; give --to, too`);
  }
  return { from, to, ...(grain && { grain: grain as Grain }), ...(split && { split }) };
}

/** @throws KpiError REQUEST_INVALID */
function formatOf({ format, json, out }: ExportOptions) {
  const named = format ?? (json ? 'json' : (/\.(csv|ndjson|json)$/.exec(out ?? '')?.[1] ?? 'csv'));
  if (!Object.hasOwn(FORMATS, named)) {
    throw new KpiError('REQUEST_INVALID', `--format ${named} is none of ${Object.keys(FORMATS).join(', ')}`);
  }
  return FORMATS[named as FormatName];
}

async function withEngine(config: LoadedConfig, version: string, work: (query: Query) => Promise<void>): Promise<void> {
  const instance = await reachInstance(config.dataFolder);
  if (instance) {
    return work((body) => ask<QueryResponse>(instance, 'POST', '/api/ds/query', body));
  }
  const house = await openHouse(config, { version, journal: false });
  try {
    await work((body) => house.engine.answer(queryRequest.parse(body)));
  } finally {
    await house.close();
  }
}

/** A file is there as a whole or, when something goes wrong, as it was before. */
async function into(
  file: string | undefined,
  stdout: NodeJS.WritableStream,
  work: (write: (text: string) => Promise<void>) => Promise<void>
): Promise<void> {
  if (file === undefined) {
    return work((text) => writeTo(stdout, text));
  }
  const path = resolve(file);
  const draft = `${path}.part`;
  const stream = createWriteStream(draft, { encoding: 'utf8' });
  try {
    await once(stream, 'open');
    await work((text) => writeTo(stream, text));
    stream.end();
    await once(stream, 'finish');
    await rename(draft, path);
  } catch (error) {
    stream.destroy();
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw error instanceof KpiError || !code
      ? error
      : new KpiError('REQUEST_INVALID', `--out ${file}: ${(error as Error).message}`, { path }, { cause: error });
  }
}

/** Waits for whoever reads: what is exported may be larger than memory. */
async function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) {
    await once(stream, 'drain');
  }
}
