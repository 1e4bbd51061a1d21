/** From the texts of provisioning files to rules, and everything that is wrong with them, at once. */
import type { z } from 'zod';

import type { Problem } from '../catalogue/problem';
import { type CatalogueText, readYaml, type YamlFile } from '../catalogue/yaml-file';
import type { ErrorCode } from '../errors';

import { type Environment, expandRuleFile } from './expand-env';
import type { AlertRule, RuleGroup } from './rule';
import { groupSchema, ruleFileSchema, ruleSchema } from './rule-file';
import { readSteps } from './steps';

export interface RulesLoaded {
  /** of all files, in order; a rule that has a problem is left out, so that the others go on */
  groups: RuleGroup[];
  problems: Problem[];
}

type Path = readonly PropertyKey[];

/** @param env what `$NAME` in the files stands for */
export function loadRules(texts: readonly CatalogueText[], env: Environment = {}): RulesLoaded {
  const problems: Problem[] = [];
  const groups: RuleGroup[] = [];
  /** where each uid stands */
  const uids = new Map<string, string>();
  for (const file of texts.map(readYaml)) {
    const report = (path: Path, message: string, code: ErrorCode = 'ALERT_RULE_FORM') =>
      problems.push({ code, file: file.path, ...file.locate(path), message });
    problems.push(...file.problems.map((problem): Problem => ({ ...problem, code: 'ALERT_RULE_FORM' })));
    if (file.problems.length > 0 || file.value === null) {
      continue;
    }
    const value = expandRuleFile(file.value, env);
    const head = parse(ruleFileSchema, withoutAnchors(value), [], report);
    head?.groups?.forEach((written, g) => {
      const group = parse(groupSchema, written, ['groups', g], report);
      if (group) {
        const { name, folder, interval } = group;
        const rules = group.rules.flatMap((entry, r): AlertRule[] => {
          const path = ['groups', g, 'rules', r];
          const rule = readRule(entry, { path, file, report });
          const first = rule && uids.get(rule.uid);
          if (first) {
            report([...path, 'uid'], `\`${rule.uid}\` is the uid of ${first} already; give it its own`);
          }
          if (!rule || first) {
            return [];
          }
          uids.set(rule.uid, rule.place);
          return [{ ...rule, group: name, folder, interval }];
        });
        groups.push({ name, folder, interval, rules });
      }
    });
  }
  return { groups: joined(groups), problems };
}

function withoutAnchors(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')))
    : value;
}

type Report = (path: Path, message: string, code?: ErrorCode) => void;

function readRule(
  value: unknown,
  { path, file, report }: { path: Path; file: YamlFile; report: Report }
): Omit<AlertRule, 'group' | 'folder' | 'interval'> | null {
  if (typeof value === 'object' && value !== null && 'record' in value) {
    report([...path, 'record'], 'a recording rule is evaluated by Grafana alone', 'ALERT_RULE_EXPRESSION');
    return null;
  }
  const fields = parse(ruleSchema, value, path, report);
  const steps = fields && readSteps(fields, (inner, message, code) => report([...path, ...inner], message, code));
  if (!fields || !steps) {
    return null;
  }
  return { ...fields, steps, place: `${file.path}:${file.locate([...path, 'uid']).line}` };
}

/** A group may be spread over files; the interval of its first part counts. */
function joined(groups: readonly RuleGroup[]): RuleGroup[] {
  const byName = new Map<string, RuleGroup>();
  for (const group of groups) {
    const key = JSON.stringify([group.folder, group.name]);
    const known = byName.get(key);
    byName.set(
      key,
      known
        ? { ...known, rules: [...known.rules, ...group.rules.map((rule) => ({ ...rule, interval: known.interval }))] }
        : group
    );
  }
  return [...byName.values()];
}

function parse<S extends z.ZodType>(schema: S, value: unknown, path: Path, report: Report): z.output<S> | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  for (const issue of parsed.error.issues) {
    const at = [...path, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      issue.keys.forEach((key) =>
        report([...at, key], `\`${key}\` is no field that Grafana reads here: mind its spelling`)
      );
    } else {
      const name = issue.path.map(String).join('.');
      report(at, name ? `\`${name}\`: ${issue.message}` : issue.message);
    }
  }
  return null;
}
