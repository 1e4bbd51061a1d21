/** Fills a draft: from options, from answers, and from what a file looks like. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { type Kind, KINDS } from '@kpi-monitor/model/catalogue/schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { type Grain, GRAINS } from '@kpi-monitor/model/time/grain';
import { parse } from 'yaml';

import type { Question } from '../terminal/questions';

import { csvDraft, type CsvGiven, dimensionPairs, fromCatalogue, slug } from './csv-fields';
import { type Draft, KIND_TEXT } from './draft';
import { SOURCE_FIELDS, SOURCE_KINDS } from './source-fields';

export interface Given extends CsvGiven {
  id?: string;
  name?: string;
  category?: string;
  kind?: string;
  unit?: string;
  direction?: string;
  grain?: string;
  source?: string;
  url?: string;
  map?: string;
  connection?: string;
  query?: string;
  /** `key=value` of any other field of the source; the value is YAML */
  set?: string[];
}

export interface FillOptions {
  /** null: there is nobody to ask, and what is not given takes its usual value */
  ask: ((question: Question) => Promise<string>) | null;
  calendar: Calendar;
  catalogueFolder: string;
  categories: Catalogue['categories'];
  /** ids that are taken */
  taken: ReadonlySet<string>;
}

const ID = /^[a-z][a-z0-9_]{0,63}$/;
const UNITS: Array<[string, string]> = [
  ['none', 'a plain number'],
  ['percent', '12 is 12 %'],
  ['percentunit', '0.12 is 12 %'],
  ['currency:financial:$', 'dollars'],
  ['currency:financial:€', 'euros'],
];

/** @throws KpiError REQUEST_INVALID naming the option; SOURCE_UNREACHABLE, SOURCE_FORMAT of a file */
export async function fillDraft(given: Given, options: FillOptions): Promise<Draft> {
  const { ask, categories, taken } = options;
  const one = async (option: keyof Given, text: string, more: Omit<Question, 'text'> = {}): Promise<string> => {
    const { usual, choices, refuse } = more;
    const stated = given[option] as string | undefined;
    // Units are many; those that are listed are only the usual ones.
    const answer = stated ?? (ask ? await ask({ text, ...more }) : usual);
    const wrong =
      answer === undefined
        ? `is needed: ${text}`
        : choices && !choices.some(([known]) => known === answer)
          ? `\`${answer}\` is none of ${choices.map(([known]) => known).join(', ')}`
          : (refuse?.(answer) ?? null);
    if (wrong !== null) {
      throw new KpiError('REQUEST_INVALID', `--${option} ${wrong}`, { option });
    }
    return answer!;
  };

  const name = await one('name', 'Name, as people call it', {
    ...(given.id && { usual: titled(given.id) }),
    refuse: (text) =>
      text.length > 80 ? 'has more than 80 characters' : /\p{Cc}/u.test(text) ? 'is of one line' : null,
  });
  const id = await one('id', 'Id, the key in the store for ever', {
    ...(slug(name) && { usual: slug(name) }),
    refuse: (text) =>
      !ID.test(text)
        ? `\`${text}\` is no id: lower case letters, digits and underscores, a letter first`
        : taken.has(text)
          ? `\`${text}\` is in the catalogue already`
          : null,
  });
  const category =
    categories.length > 0
      ? await one('category', 'Category', {
          usual: categories[0]!.id,
          choices: categories.map((its) => [its.id, its.name] as const),
        })
      : await one('category', 'Category', { usual: 'general', refuse: (text) => (ID.test(text) ? null : 'is no id') });
  const kind = await one('kind', 'Kind', {
    usual: 'flow',
    choices: KINDS.map((known) => [known, KIND_TEXT[known]] as const),
  });
  const unit = ask
    ? (given.unit ??
      (await ask({ text: `Unit: ${UNITS.map(([known]) => known).join(', ')}, suffix: …`, usual: 'none' })))
    : (given.unit ?? 'none');
  const direction = await one('direction', 'Which way is good', {
    usual: 'up',
    choices: [
      ['up', 'more is better'],
      ['down', 'less is better'],
      ['range', 'between two bounds'],
    ],
  });
  const sourceKind =
    given.source ??
    (ask ? await ask({ text: 'Where values come from', usual: 'csv', choices: SOURCE_KINDS }) : undefined);
  if (sourceKind === undefined) {
    throw new KpiError('REQUEST_INVALID', '--source is needed: csv, http, sql, push or another kind');
  }
  const from = await sourceDraft(sourceKind, given, options);
  const grain = await one('grain', 'Values arrive each', {
    usual: from.grain,
    choices: GRAINS.map((known) => [known, ''] as const),
  });
  return {
    ...{ id, name, category, unit },
    kind: kind as Kind,
    direction: direction as Draft['direction'],
    grain: grain as Grain,
    dimensions: from.dimensions,
    source: { ...from.source, ...settings(given.set ?? []) },
    categories: categories.map((its) => its.id),
    ...(from.caution && { caution: from.caution }),
  };
}

async function sourceDraft(kind: string, given: Given, options: FillOptions) {
  if (kind === 'csv') {
    return csvDraft(given, options.ask, options);
  }
  const source: Record<string, unknown> & { kind: string } = { kind };
  for (const { name, question } of SOURCE_FIELDS[kind] ?? []) {
    const stated = given[name as keyof Given] as string | undefined;
    const value = stated ?? (options.ask ? await options.ask(question) : question.usual);
    if (value === undefined) {
      throw new KpiError('REQUEST_INVALID', `--${name} is needed: ${question.text}`);
    }
    source[name] = name === 'path' ? fromCatalogue(value, options.catalogueFolder) : value;
  }
  const columns = dimensionPairs(given.dimensions ?? '');
  if (kind === 'file' && columns.length > 0) {
    source.dimensions = Object.fromEntries(columns);
  }
  const dimensions = columns.map(([dimension]) => dimension);
  return { source, dimensions, grain: 'day' as Grain, caution: undefined };
}

function settings(pairs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([a-z_]+)=([^]*)$/.exec(pair) ?? [];
      if (!key) {
        throw new KpiError('REQUEST_INVALID', `--set ${pair} is no field=value, such as every=15m`);
      }
      return [key, parse(value!)] as const;
    })
  );
}

/** `net_sales` is "Net sales". */
function titled(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`;
}
