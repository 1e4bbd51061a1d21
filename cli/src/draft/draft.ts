/** A new KPI as somebody describes it, and the file that says so: the least that is valid, with a comment where choices are. */
import type { Kind } from '@kpi-monitor/model/catalogue/schema';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { stringify } from 'yaml';

export interface Draft {
  id: string;
  name: string;
  category?: string;
  kind: Kind;
  unit: string;
  direction: 'up' | 'down' | 'range';
  grain: Grain;
  dimensions: readonly string[];
  source: Readonly<Record<string, unknown>> & { kind: string };
  /** other categories of the catalogue */
  categories: readonly string[];
  /** a guess in it that is worth a look, for a comment beside the source */
  caution?: string;
}

export const KIND_TEXT: Record<Kind, string> = {
  flow: 'adds up over time, as sales do',
  stock: 'is what it is at the end of a period, as a balance',
  ratio: 'a share of something; best a formula over measures',
  score: 'a mean of answers or marks',
  index: 'a number against a base, such as 100',
};

const DIRECTION_TEXT = { up: 'more is better', down: 'less is better', range: 'between two bounds is good' };

const JUDGED: Partial<Record<Grain, Grain>> = { minute: 'day', hour: 'day', day: 'month', week: 'week' };

/** @param schema where the JSON Schema lies, seen from the file; null when there is none */
export function draftText(draft: Draft, schema: string | null): string {
  const { id, name, category, kind, unit, direction, grain, dimensions, source, categories, caution } = draft;
  const others = categories.filter((other) => other !== category);
  const isWeighted = kind === 'score' && source.weight === undefined && source.kind !== 'sql' && source.kind !== 'http';
  const lines = [
    schema && `# yaml-language-server: $schema=${schema}`,
    entry('id', id, 'the key in the store, for ever'),
    entry('name', name),
    category && entry('category', category, others.length > 0 ? `or ${others.slice(0, 8).join(', ')}` : undefined),
    entry('kind', kind, KIND_TEXT[kind]),
    entry(
      'unit',
      unit,
      unit === 'none' ? "Grafana's name of it: percent, currency:financial:$, suffix: orders, …" : ''
    ),
    entry('direction', direction, DIRECTION_TEXT[direction]),
    dimensions.length > 0 && entry('dimensions', dimensions, 'what it can be split by'),
    entry('grain', grain, 'the step at which values arrive'),
    isWeighted &&
      entry('aggregate', { time: 'mean', dimensions: 'mean' }, 'weighted_mean, once its source gives weights'),
    '# What is good? Take the # away, and put your own numbers in:',
    `# judge: { at: ${JUDGED[grain] ?? grain} }`,
    ...judgement(direction),
    caution && `# ${caution}`,
    stringify({ source }, { lineWidth: 0 }).trimEnd(),
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}

function judgement(direction: Draft['direction']): string[] {
  return direction === 'range'
    ? ['# thresholds: { warning: [90, 110], critical: [80, 120] }']
    : [
        '# references: [{ kind: target, value: 1200 }]',
        `# thresholds: { as: percent_of_target, ${direction === 'up' ? 'warning: 95, critical: 85' : 'warning: 105, critical: 115'} }`,
      ];
}

function entry(key: string, value: unknown, comment?: string): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const line = `${key}: ${text.replace(/^\[ (.*) \]$/, '[$1]')}`;
  return comment ? `${line} # ${comment}` : line;
}
