/** `:from` and `:to` of a query as PostgreSQL's numbered parameters. */
export interface NumberedQuery {
  text: string;
  /** which bound each parameter is, in order: $1, $2, … */
  parameters: Array<'from' | 'to'>;
}

/**
 * What is skipped whole, else a placeholder: comments, quoted texts and names, dollar-quoted texts, casts (`::`).
 * Every occurrence gets a number of its own, since PostgreSQL infers one type for each number.
 */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|::|:(from|to)\b/g;

export function numberPlaceholders(query: string): NumberedQuery {
  const parameters: NumberedQuery['parameters'] = [];
  const text = query.replace(TOKENS, (token, _tag: string | undefined, name: 'from' | 'to' | undefined) => {
    if (!name) {
      return token;
    }
    parameters.push(name);
    return `$${parameters.length}`;
  });
  return { text, parameters };
}
