/** What the schema cannot say of an http source: which of its parts need each other, and which exclude each other. */
import type { Mistake } from './check-thresholds';
import type { HttpSource } from './source-schema';

export function checkHttp(source: HttpSource, dimensions: readonly string[]): Mistake[] {
  const { format, map, columns, pages, cursor, auth } = source;
  const sent = [source.url, source.body ?? '', ...Object.values(source.headers ?? {})];
  const places = (name: string) => sent.some((text) => text.includes(`{${name}}`));
  const mistakes: Mistake[] = [];
  const mistake = (field: string, message: string) =>
    mistakes.push({ code: 'KPI_SOURCE', path: ['source', ...(field ? [field] : [])], message });

  if (format === 'json' && (map === undefined || columns !== undefined)) {
    mistake(columns ? 'columns' : 'kind', 'JSON is read by `map`, and `columns` are those of `format: csv`');
  }
  if (format === 'csv' && (columns === undefined || map !== undefined)) {
    mistake(map === undefined ? 'format' : 'map', 'CSV is read by `columns: {period, value}`, and `map` is for JSON');
  }
  for (const dimension of Object.keys(columns?.dimensions ?? {})) {
    if (!dimensions.includes(dimension)) {
      const message = `the source reads \`${dimension}\`, which is not among the KPI's dimensions`;
      mistakes.push({ code: 'KPI_DIMENSION_UNKNOWN', path: ['source', 'columns', 'dimensions', dimension], message });
    }
  }
  if (auth && Object.keys(source.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')) {
    mistake('auth', '`auth` and a header Authorization exclude each other; leave one out');
  }
  if (pages && ['cursor', 'page', 'offset'].includes(pages.kind) && !places('page')) {
    mistake('pages', `pages by ${pages.kind} need {page} in the url, the body or a header`);
  }
  if (cursor !== undefined && (!places('cursor') || places('from') || places('to'))) {
    const message = '`cursor` needs {cursor} in the url, the body or a header, in place of {from} and {to}';
    mistake('cursor', message);
  }
  if (cursor === undefined && places('cursor')) {
    mistake('url', '{cursor} needs `cursor`, a JSONata expression that gives what it is in the next read');
  }
  if (cursor !== undefined && source.missing === 'zero') {
    mistake('missing', 'what is not new is not zero: `missing: zero` and `cursor` exclude each other');
  }
  return mistakes;
}
