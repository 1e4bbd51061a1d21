/** The provisioned alert rules beside the program, as Grafana and standalone read them; none where there is no folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { loadRules } from '@kpi-monitor/model/alerting/load-rules';
import type { RuleGroup } from '@kpi-monitor/model/alerting/rule';

const FOLDER = 'provisioning/alerting';

/** Read anew each time, since files change. A rule with a mistake is left out; who evaluates them says so. */
export function provisionedRules(starts: readonly string[] = [process.cwd(), import.meta.dirname]): RuleGroup[] {
  const folder = starts.map(nearest).find((found) => found !== null);
  if (!folder) {
    return [];
  }
  const texts = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: join(FOLDER, name), text: readFileSync(join(folder, name), 'utf8') }));
  return loadRules(texts, process.env).groups;
}

function nearest(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, FOLDER))) {
      return join(folder, FOLDER);
    }
    if (dirname(folder) === folder) {
      return null;
    }
  }
}
