/** Formulas over KPIs and measures: a small, restricted language, read once into a tree. */
import { parse as parseMath, type MathNode } from 'mathjs/number';

import { KpiError } from '../errors';

export const FORMULA_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type FormulaPeriod = (typeof FORMULA_PERIODS)[number];

export type Formula =
  | { op: 'number'; value: number }
  | { op: 'input'; id: string }
  | { op: '+' | '-' | '*' | '/'; a: Formula; b: Formula }
  | { op: 'negate' | 'abs'; a: Formula }
  | { op: 'min' | 'max'; of: Formula[] }
  /** `a`, one period earlier */
  | { op: 'prev'; a: Formula; period: FormulaPeriod }
  /** the input over the last `n` periods, by its own aggregate over time */
  | { op: 'trailing'; id: string; n: number; period: FormulaPeriod }
  /** the input from the start of the period on */
  | { op: 'toDate'; id: string; period: FormulaPeriod };

const MAX_LENGTH = 2000;

/**
 * @throws KpiError KPI_FORMULA_SYNTAX for what cannot be read, KPI_FORMULA_UNKNOWN for other functions
 */
export function parseFormula(text: string): Formula {
  if (text.length > MAX_LENGTH) {
    throw new KpiError('KPI_FORMULA_SYNTAX', `the formula is longer than ${MAX_LENGTH} characters`);
  }
  let node: MathNode;
  try {
    node = parseMath(text);
  } catch (error) {
    throw new KpiError('KPI_FORMULA_SYNTAX', `the formula \`${text}\` cannot be read: ${(error as Error).message}`);
  }
  return translate(node as unknown as Node, text);
}

/** Ids that a formula reads, each once, in order of appearance. */
export function formulaInputs(formula: Formula): string[] {
  const ids = new Set<string>();
  visit(formula, (node) => 'id' in node && ids.add(node.id));
  return [...ids];
}

export function visit(formula: Formula, see: (node: Formula) => void): void {
  see(formula);
  if ('a' in formula) {
    visit(formula.a, see);
  }
  if ('b' in formula) {
    visit(formula.b, see);
  }
  if ('of' in formula) {
    formula.of.forEach((node) => visit(node, see));
  }
}

/** What we read of mathjs' nodes; its own types are generic over every construct that we refuse. */
interface Node {
  type: string;
  name?: string;
  value?: unknown;
  op?: string;
  fn?: { name?: string };
  args?: Node[];
  content?: Node;
}

function translate(node: Node, text: string): Formula {
  const args = node.args ?? [];
  switch (node.type) {
    case 'ConstantNode':
      if (typeof node.value === 'number' && Number.isFinite(node.value)) {
        return { op: 'number', value: node.value };
      }
      break;
    case 'SymbolNode':
      return { op: 'input', id: node.name! };
    case 'ParenthesisNode':
      return translate(node.content!, text);
    case 'OperatorNode':
      if (args.length === 2 && (node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/')) {
        return { op: node.op, a: translate(args[0]!, text), b: translate(args[1]!, text) };
      }
      if (args.length === 1 && (node.op === '-' || node.op === '+')) {
        const a = translate(args[0]!, text);
        return node.op === '-' ? { op: 'negate', a } : a;
      }
      break;
    case 'FunctionNode':
      return call(node.fn?.name ?? '', args, text);
  }
  throw new KpiError(
    'KPI_FORMULA_SYNTAX',
    `the formula \`${text}\` uses \`${node.op ?? node.type}\`; it may use + - * / ( ) min max abs prev trailing toDate`
  );
}

function call(name: string, args: Node[], text: string): Formula {
  const wrong = (form: string) =>
    new KpiError('KPI_FORMULA_SYNTAX', `in the formula \`${text}\`, ${name} is written ${form}`);
  switch (name) {
    case 'min':
    case 'max':
      if (args.length < 2) {
        throw wrong(`${name}(a, b, …)`);
      }
      return { op: name, of: args.map((arg) => translate(arg, text)) };
    case 'abs':
      if (args.length !== 1) {
        throw wrong('abs(a)');
      }
      return { op: 'abs', a: translate(args[0]!, text) };
    case 'prev': {
      const period = periodName(args[1]);
      if (args.length !== 2 || !period) {
        throw wrong(`prev(a, ${FORMULA_PERIODS.join('|')})`);
      }
      return { op: 'prev', a: translate(args[0]!, text), period };
    }
    case 'trailing': {
      const period = periodName(args[2]);
      const n = args[1]?.value;
      if (args.length !== 3 || args[0]!.type !== 'SymbolNode' || !period || !Number.isInteger(n) || Number(n) < 1) {
        throw wrong(`trailing(input, 12, ${FORMULA_PERIODS.join('|')})`);
      }
      return { op: 'trailing', id: args[0]!.name!, n: Number(n), period };
    }
    case 'toDate': {
      const period = periodName(args[1]);
      if (args.length !== 2 || args[0]!.type !== 'SymbolNode' || !period) {
        throw wrong(`toDate(input, ${FORMULA_PERIODS.join('|')})`);
      }
      return { op: 'toDate', id: args[0]!.name!, period };
    }
    default:
      throw new KpiError('KPI_FORMULA_UNKNOWN', `the formula \`${text}\` calls \`${name}\`, which does not exist`);
  }
}

function periodName(node: Node | undefined): FormulaPeriod | null {
  const name = node?.type === 'SymbolNode' ? node.name : node?.value;
  const singular = typeof name === 'string' ? name.replace(/s$/, '') : '';
  return FORMULA_PERIODS.find((period) => period === singular) ?? null;
}
