/** A CSV source, from what its file looks like. */
import { relative, resolve, sep } from 'node:path';

import { type CsvLook, lookAtCsv } from '@kpi-monitor/collector/sources/look-at-csv';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Grain } from '@kpi-monitor/model/time/grain';

import type { Question } from '../terminal/questions';

import type { Draft } from './draft';

export interface CsvGiven {
  path?: string;
  period?: string;
  value?: string;
  /** `region=Region,channel=Channel`, or names of columns */
  dimensions?: string;
}

export interface CsvDraft {
  source: Draft['source'];
  dimensions: string[];
  grain: Grain;
  caution?: string;
}

/**
 * @param ask for what is not given; null takes what the file looks like
 * @param catalogueFolder what the path in the file is relative to; `given.path` is relative to where one is
 * @throws KpiError REQUEST_INVALID, SOURCE_UNREACHABLE, SOURCE_FORMAT
 */
export async function csvDraft(
  given: CsvGiven,
  ask: ((question: Question) => Promise<string>) | null,
  { catalogueFolder, calendar }: { catalogueFolder: string; calendar: Calendar }
): Promise<CsvDraft> {
  const path = resolve(given.path ?? (await asked(ask, { text: 'CSV file' }, '--path')));
  const look = await lookAtCsv(path, calendar);
  const column = async (option: string, text: string, name: string | undefined, usual: string | undefined) => {
    const choices = look.columns.map((known) => [known, ''] as const);
    const chosen = name ?? (ask ? await ask({ text, usual, choices }) : usual);
    return known(chosen, look, `--${option}`);
  };
  const period = await column('period', 'Column with the period', given.period, look.period ?? undefined);
  const value = await column(
    'value',
    'Column with the value',
    given.value,
    look.values.find((name) => name !== period)
  );
  const free = look.members.filter((name) => name !== period && name !== value);
  const split =
    given.dimensions ??
    (ask && free.length > 0
      ? await ask({ text: 'Columns that it can be split by, or none', usual: free.join(', ') })
      : '');
  const dimensions = dimensionsOf(split === 'none' ? '' : split, look);
  return {
    source: {
      kind: 'csv',
      path: fromCatalogue(path, catalogueFolder),
      ...(look.encoding && { encoding: look.encoding }),
      ...{ period, value },
      ...(look.decimal === ',' && { decimal: ',' }),
      ...(period === look.period && look.format !== null && { format: look.format }),
      ...(Object.keys(dimensions).length > 0 && { dimensions }),
    },
    dimensions: Object.keys(dimensions),
    grain: look.grain,
    ...(look.format && look.alsoFits.length > 0 && { caution: cautionText(look) }),
  };
}

function cautionText({ format, alsoFits }: CsvLook): string {
  return `The format ${format} is a guess: ${alsoFits.join(' and ')} would fit what was seen, too`;
}

/** @throws KpiError REQUEST_INVALID when there is nobody to ask */
function asked(ask: ((question: Question) => Promise<string>) | null, question: Question, option: string) {
  if (!ask) {
    throw new KpiError('REQUEST_INVALID', `${option} is needed: ${question.text}`);
  }
  return ask(question);
}

function known(name: string | undefined, { columns }: CsvLook, option: string): string {
  if (name === undefined) {
    throw new KpiError(
      'REQUEST_INVALID',
      `${option} is needed: none of the columns ${columns.join(', ')} looks like it`
    );
  }
  if (!columns.includes(name)) {
    throw new KpiError('REQUEST_INVALID', `the file has no column \`${name}\`; it has ${columns.join(', ')}`);
  }
  return name;
}

function dimensionsOf(text: string, look: CsvLook): Record<string, string> {
  return Object.fromEntries(
    dimensionPairs(text).map(([name, column]) => [name, known(column, look, '--dimensions')] as const)
  );
}

/** `region=Region,Channel`: dimensions and their columns. */
export function dimensionPairs(text: string): Array<[dimension: string, column: string]> {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [name, column = name] = part.split('=').map((side) => side.trim()) as [string, string?];
      return [slug(name), column];
    });
}

/** A path as a KPI file has it, from one that is relative to where the command is called. */
export function fromCatalogue(path: string, catalogueFolder: string): string {
  return relative(catalogueFolder, resolve(path)).split(sep).join('/');
}

/** A name as ids are written: "Net sales" is `net_sales`. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const id = plain.replace(/[^a-z0-9]+/g, '_').replace(/^[\d_]+|_+$/g, '');
  return id.slice(0, 64);
}
