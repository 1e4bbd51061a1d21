/** Puts the values of dashboard variables into a query. */
import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { RequestQuery, Selection } from '@kpi-monitor/model/query/query';

type Variables = Pick<TemplateSrv, 'replace'>;

/** Keeps values apart that may hold any printable character, commas too. */
const BETWEEN = '\u001f';

/** A text that is one variable and nothing else. */
const LONE = /^(?:\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)[^\]]*\]\])$/;

/** What stands for "no condition", as the value of a variable. */
const EVERYTHING = new Set(['$__all', 'All', '*']);

/** What stands for "leave it out", where a query takes one word. */
const NOTHING = new Set(['', 'none', '$__all']);

/**
 * A copy of the query with variables replaced: several values become several entries. All of a variable of KPIs or
 * categories is what it lists, which may be those of one category; All of a dimension is no condition, so that the
 * whole is judged as the whole. A variable that does not exist stays as it is written, so that the engine can name it.
 */
export function interpolate(query: RequestQuery, variables: Variables, scoped: ScopedVars): RequestQuery {
  const list = (entries: string[] | undefined) => entries && listed(entries.flatMap(replaced));
  const replaced = (entry: string) => replaceAll(entry, variables, scoped);
  const condition = (members: string[]) =>
    listed(members.flatMap((entry) => (isAll(entry, variables, scoped) ? ['$__all'] : replaced(entry))));
  const word = (text: string | undefined) => {
    const value = text && variables.replace(text, scoped);
    return value === undefined || NOTHING.has(value) ? undefined : value;
  };
  const moment = (text: string) => {
    const value = word(text);
    return value === 'now' ? undefined : value;
  };
  /** A number, or a variable that stands for one. */
  const number = (given: number | string) => {
    const value = word(String(given));
    return value === undefined ? undefined : Number(value);
  };
  const { kpis, categories, tiers, judgedAt, where } = query.select;
  const select: Selection = {
    ...(kpis && { kpis: list(kpis) }),
    ...(categories && { categories: list(categories) }),
    ...(tiers && { tiers }),
    ...(judgedAt && { judgedAt }),
    ...(where && {
      where: Object.fromEntries(
        Object.entries(where).flatMap(([dimension, members]) => {
          const name = word(dimension);
          return name === undefined ? [] : [[name, condition(members)]];
        })
      ),
    }),
  };
  return {
    ...query,
    select,
    // The engine names a word that it does not know; here it is only carried.
    grain: word(query.grain) as RequestQuery['grain'],
    split: word(query.split),
    compare: word(query.compare) as RequestQuery['compare'],
    // A variable of moments may stand for today, which is no condition.
    ...(query.asKnownAt && { asKnownAt: moment(query.asKnownAt) }),
    ...(query.on && { on: word(query.on) as RequestQuery['on'] }),
    ...(query.maxLag !== undefined && { maxLag: number(query.maxLag) }),
  };
}

function listed(values: string[]): string[] {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  return given.some((value) => EVERYTHING.has(value)) ? [] : [...new Set(given)];
}

function replaceAll(entry: string, variables: Variables, scoped: ScopedVars): string[] {
  const joined = variables.replace(entry, scoped, (value: string | string[]) => [value].flat().join(BETWEEN));
  return joined.split(BETWEEN);
}

/** All is expanded to every option wherever it is replaced, except in the form that it has in the address. */
function isAll(entry: string, variables: Variables, scoped: ScopedVars): boolean {
  const [, a, b, c] = LONE.exec(entry) ?? [];
  const name = a ?? b ?? c;
  if (name === undefined) {
    return false;
  }
  const address = variables.replace(`\${${name}:queryparam}`, scoped);
  return /=(\$|%24)__all$/.test(address);
}
