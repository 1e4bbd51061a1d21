/**
 * Fills in what labels and annotations of a rule may say of an instance. Of Grafana's template language this much is
 * known here: `$labels.x`, `$values.B`, `$values.B.Value`, `$values.B.Labels.x`, `$value`, `.` and paths from it, and
 * `externalURL`, in double braces, with `with`, `if`, `else` and `end` around them. What is missing reads `[no value]`,
 * as in Grafana; a text with anything else in braces is left as it stands.
 */
import type { Result } from './evaluate';
import { type Labels, labelsText } from './labels';
import { plainNumber, shortNumber } from './template-number';

export const MISSING = '[no value]';

export interface TemplateData {
  labels: Labels;
  values: Result['values'];
  /** with its closing slash */
  externalURL?: string;
}

export function expandText(text: string, data: TemplateData): string {
  if (!text.includes('{{')) {
    return text;
  }
  const nodes = parse(text);
  return nodes ? render(nodes, { kind: 'root' }, data) : text;
}

type Node =
  | { kind: 'text'; text: string }
  | { kind: 'path'; path: Path }
  | { kind: 'block'; opens: 'with' | 'if'; path: Path; body: Node[]; otherwise: Node[] };

interface Path {
  /** `.` is what a `with` has narrowed the text to */
  start: '.' | 'labels' | 'values' | 'value' | 'externalURL';
  keys: string[];
}

/** What a path leads to. */
type Thing =
  | { kind: 'root' }
  | { kind: 'labels'; labels: Labels }
  | { kind: 'values' }
  | { kind: 'capture'; capture: Result['values'][string] }
  | { kind: 'number'; value: number | null }
  | { kind: 'text'; text: string }
  | { kind: 'missing' };

const PATH = /^(?:\$(labels|values|value)\b|(externalURL)$|(?=\.))((?:\.\w+)*)(\.?)$/;
const TAG = /\{\{(-\s)?\s*(.*?)\s*(\s-)?\}\}/s;

/** Null for a text that says more than is known here. */
function parse(text: string): Node[] | null {
  const pieces = text.split(/(\{\{.*?\}\})/s);
  const root: Node[] = [];
  const open: Array<{ block: Node & { kind: 'block' }; into: Node[] }> = [];
  let into = root;
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 0) {
      const before = i > 0 && /\s-\}\}$/.test(pieces[i - 1]!) ? piece.trimStart() : piece;
      into.push({ kind: 'text', text: /^\{\{-\s/.test(pieces[i + 1] ?? '') ? before.trimEnd() : before });
      continue;
    }
    const action = TAG.exec(piece)?.[2] ?? '';
    const [word, ...rest] = action.split(/\s+/);
    if (word === 'with' || word === 'if') {
      const path = readPath(rest.join(' '));
      if (!path) {
        return null;
      }
      const block = { kind: 'block' as const, opens: word as 'with' | 'if', path, body: [], otherwise: [] };
      into.push(block);
      open.push({ block, into });
      into = block.body;
    } else if (action === 'else' && open.length > 0) {
      into = open.at(-1)!.block.otherwise;
    } else if (action === 'end' && open.length > 0) {
      into = open.pop()!.into;
    } else {
      const path = readPath(action);
      if (!path) {
        return null;
      }
      into.push({ kind: 'path', path });
    }
  }
  return open.length === 0 ? root : null;
}

function readPath(text: string): Path | null {
  const match = PATH.exec(text);
  if (!match) {
    return null;
  }
  const [, variable, external, keys = '', dot] = match;
  const start = (variable ?? external ?? '.') as Path['start'];
  if (dot && (start !== '.' || keys)) {
    return null;
  }
  return { start, keys: keys.split('.').filter(Boolean) };
}

function render(nodes: readonly Node[], dot: Thing, data: TemplateData): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'path':
          return textOf(follow(node.path, dot, data), data);
        case 'block': {
          const found = follow(node.path, dot, data);
          return isTrue(found)
            ? render(node.body, node.opens === 'with' ? found : dot, data)
            : render(node.otherwise, dot, data);
        }
      }
    })
    .join('');
}

function follow({ start, keys }: Path, dot: Thing, data: TemplateData): Thing {
  const starts: Record<Path['start'], () => Thing> = {
    '.': () => dot,
    labels: () => ({ kind: 'labels', labels: data.labels }),
    values: () => ({ kind: 'values' }),
    value: () => onlyValue(data),
    externalURL: () => ({ kind: 'text', text: data.externalURL ?? '' }),
  };
  return keys.reduce((thing, key) => step(thing, key, data), starts[start]());
}

function step(thing: Thing, key: string, data: TemplateData): Thing {
  switch (thing.kind) {
    case 'root':
      return key === 'Labels'
        ? { kind: 'labels', labels: data.labels }
        : key === 'Values'
          ? { kind: 'values' }
          : key === 'Value'
            ? onlyValue(data)
            : { kind: 'missing' };
    case 'labels':
      return Object.hasOwn(thing.labels, key) ? { kind: 'text', text: thing.labels[key]! } : { kind: 'missing' };
    case 'values':
      return Object.hasOwn(data.values, key) ? { kind: 'capture', capture: data.values[key]! } : { kind: 'missing' };
    case 'capture':
      return key === 'Labels'
        ? { kind: 'labels', labels: thing.capture.labels }
        : key === 'Value'
          ? { kind: 'number', value: thing.capture.value }
          : { kind: 'missing' };
    default:
      return { kind: 'missing' };
  }
}

/** `$value`: the number of the one query, or with several a list of all values. */
function onlyValue({ values }: TemplateData): Thing {
  const queries = Object.values(values).filter(({ query }) => query);
  return queries.length === 1 ? { kind: 'number', value: queries[0]!.value } : { kind: 'text', text: listed(values) };
}

function listed(values: Result['values']): string {
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([refId, { labels, value }]) => {
      const number = value === null ? 'null' : shortNumber(value);
      return `[ var='${refId}' labels={${labelsText(labels)}} value=${number} ]`;
    })
    .join(', ');
}

function isTrue(thing: Thing): boolean {
  switch (thing.kind) {
    case 'missing':
      return false;
    case 'text':
      return thing.text !== '';
    case 'number':
      return thing.value !== 0;
    case 'labels':
      return Object.keys(thing.labels).length > 0;
    default:
      return true;
  }
}

function textOf(thing: Thing, data: TemplateData): string {
  switch (thing.kind) {
    case 'text':
      return thing.text;
    case 'number':
      return shortNumber(thing.value);
    case 'capture':
      return plainNumber(thing.capture.value);
    case 'labels':
      return labelsText(thing.labels);
    case 'missing':
      return MISSING;
    default:
      return listed(data.values);
  }
}
