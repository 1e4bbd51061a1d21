/** The folder of rule files: `provisioning/alerting`, as Grafana reads it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { loadRules, type RulesLoaded } from '@kpi-monitor/model/alerting/load-rules';

export interface RuleFiles {
  folder: string;
  /** what paths in messages are relative to */
  root: string;
  env?: Readonly<Record<string, string | undefined>>;
}

/** A folder that is not there holds no rules; a file that cannot be read is a problem, and the others go on. */
export function readRuleFiles({ folder, root, env = process.env }: RuleFiles): RulesLoaded {
  const problems: RulesLoaded['problems'] = [];
  const texts = namesOf(folder).flatMap((name) => {
    const path = join(folder, name);
    const shown = relative(root, path);
    try {
      return [{ path: shown, text: readFileSync(path, 'utf8') }];
    } catch (error) {
      const message = `the file cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`;
      problems.push({ code: 'ALERT_RULE_FORM', file: shown, line: 1, column: 1, message });
      return [];
    }
  });
  const loaded = loadRules(texts, env);
  return { groups: loaded.groups, problems: [...problems, ...loaded.problems] };
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
