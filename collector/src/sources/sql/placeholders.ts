/** `:from` and `:to` of a query as the parameters of its database. */
export type Bound = 'from' | 'to' | 'from_utc' | 'to_utc';

export interface BoundQuery {
  text: string;
  /** which bound each parameter is, in order */
  parameters: Bound[];
}

/**
 * What is skipped whole, else a placeholder: comments, quoted texts and names, dollar-quoted texts, casts (`::`).
 * Every occurrence gets a number of its own, since a database infers one type for each number.
 */
const STANDARD =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|::|:(from|to|from_utc|to_utc)\b/g;

/** MySQL's comments also begin with `#`, and its texts, in either quotes, take a backslash for an escape. */
const MYSQL =
  /--\s[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|''|[^'\\])*'|"(?:\\[\s\S]|""|[^"\\])*"|(`)(?:``|[^`])*`|:(from|to|from_utc|to_utc)\b/g;

/** `$1`, `$2`, … of PostgreSQL and DuckDB. */
export const numberPlaceholders = (query: string) => replaceBounds(query, STANDARD, (number) => `$${number}`);

/** `?` of MySQL and MariaDB. */
export const markPlaceholders = (query: string) => replaceBounds(query, MYSQL, () => '?');

function replaceBounds(query: string, tokens: RegExp, mark: (number: number) => string): BoundQuery {
  const parameters: Bound[] = [];
  const text = query.replace(tokens, (token, _quote: string | undefined, name: Bound | undefined) =>
    name ? mark(parameters.push(name)) : token
  );
  return { text, parameters };
}
