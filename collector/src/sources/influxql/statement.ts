/** An InfluxQL query: that it only reads, and its bounds as times. */
import { KpiError } from '@kpi-monitor/model/errors';

/** Texts, names and comments, in which nothing means anything; else a bound. */
const TOKENS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"|:(from|to)\b/g;

export interface Statement {
  /** whether it makes its own steps of time; without, it is asked once for each period */
  hasSteps: boolean;
  /** @param from, to instants */
  bound(from: number, to: number): string;
}

/**
 * InfluxDB 1.x lets a GET write as well, with a warning.
 * @param zone in which days begin; null where steps are no days
 * @throws KpiError KPI_SOURCE
 */
export function statementOf(query: string, zone: string | null): Statement {
  const text = query.trim().replace(/;\s*$/, '');
  const bare = text.replace(TOKENS, (token, bound?: string) => (bound ? token : ' '));
  if (!/^\s*select\b/i.test(bare) || /\binto\b|;/i.test(bare)) {
    throw new KpiError('KPI_SOURCE', 'the query has to be one SELECT, without INTO: a source may read and never write');
  }
  for (const bound of [':from', ':to']) {
    if (!bare.includes(bound)) {
      const message = `the query has no \`${bound}\`; write \`where time >= :from and time < :to\``;
      throw new KpiError('KPI_SOURCE', message);
    }
  }
  const hasSteps = /\bgroup\s+by\b[\s\S]*\btime\s*\(/i.test(bare);
  if (hasSteps && zone !== null && zone !== 'UTC' && !/\btz\s*\(/i.test(bare)) {
    throw new KpiError('KPI_SOURCE', `its days are days of UTC; end the query with tz('${zone}')`, { zone });
  }
  const instant = (time: number) => `'${new Date(time).toISOString()}'`;
  return {
    hasSteps,
    bound: (from, to) =>
      text.replace(TOKENS, (token, bound?: string) => (bound ? instant(bound === 'from' ? from : to) : token)),
  };
}
