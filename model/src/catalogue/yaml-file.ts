/** A YAML file that knows on which line each of its values stands. */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

import type { Problem } from './problem';

export interface CatalogueText {
  /** as messages are to name it */
  path: string;
  text: string;
}

export interface YamlFile {
  path: string;
  value: unknown;
  problems: Problem[];
  /** Where the value at a path stands, or the nearest parent that the file has. */
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

const MAX_CHARACTERS = 256 * 1024;

export function readYaml({ path, text }: CatalogueText): YamlFile {
  const lines = new LineCounter();
  const start = { line: 1, column: 1 };
  if (text.length > MAX_CHARACTERS) {
    const message = `the file has ${text.length} characters; ${MAX_CHARACTERS} are the most that is read`;
    return {
      path,
      value: null,
      problems: [{ code: 'KPI_FILE_SYNTAX', file: path, ...start, message }],
      locate: () => start,
    };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = document.errors.map((error): Problem => ({
    code: 'KPI_FILE_SYNTAX',
    file: path,
    ...position(error.pos[0]),
    message: error.message,
  }));
  let value: unknown = null;
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: 50 });
    } catch (error) {
      problems.push({ code: 'KPI_FILE_SYNTAX', file: path, ...start, message: (error as Error).message });
    }
  }
  return {
    path,
    value,
    problems,
    locate(keys) {
      for (let depth = keys.length; depth > 0; depth--) {
        const parent = depth === 1 ? document.contents : document.getIn(keys.slice(0, depth - 1), true);
        if (!isMap(parent)) {
          const node = document.getIn(keys.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
          if (node?.range) {
            return position(node.range[0]);
          }
          continue;
        }
        const pair = parent.items.find(
          (item) => isScalar(item.key) && String(item.key.value) === String(keys[depth - 1])
        );
        if (pair && isScalar(pair.key) && pair.key.range) {
          return position(pair.key.range[0]);
        }
      }
      return start;
    },
  };
}
