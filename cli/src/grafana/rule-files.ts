/** The alerting files of this repository, as they are provisioned: the source of the copies that can be edited. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { parse } from 'yaml';

export interface RuleQuery {
  refId: string;
  datasourceUid: string;
  relativeTimeRange?: { from: number; to: number };
  model: Record<string, unknown>;
}

export interface NotificationSettings {
  receiver: string;
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  mute_time_intervals?: string[];
  active_time_intervals?: string[];
}

export interface FileRule {
  uid: string;
  title: string;
  condition: string;
  for: string;
  noDataState: string;
  execErrState: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  notification_settings: NotificationSettings;
  data: RuleQuery[];
}

export interface FileGroup {
  name: string;
  folder: string;
  interval: string;
  rules: FileRule[];
}

export interface ContactPoint {
  name: string;
  receivers: Array<{ uid: string; type: string; settings: Record<string, unknown> }>;
}

export interface MuteTiming {
  name: string;
  time_intervals: Array<Record<string, unknown>>;
}

export interface AlertingFiles {
  groups: FileGroup[];
  contactPoints: ContactPoint[];
  muteTimes: MuteTiming[];
  templates: Array<{ name: string; template: string }>;
}

const FOLDER = 'provisioning/alerting';

/**
 * @param given a folder; by default that of the repository which the program or the current folder is in
 * @throws KpiError CONFIG_FILE
 */
export function readAlertingFiles(given: string | undefined, env: NodeJS.ProcessEnv): AlertingFiles {
  const folder = given ? resolve(given) : nearest([process.cwd(), import.meta.dirname]);
  if (!folder || !existsSync(folder)) {
    throw new KpiError('CONFIG_FILE', `${given ?? FOLDER} does not exist; name the folder of alert rules by --rules`);
  }
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as Partial<AlertingFiles>);
  const all = <Item>(partOf: (file: Partial<AlertingFiles>) => Item[] | undefined) =>
    files.flatMap((file) => partOf(file) ?? []);
  return {
    groups: all(({ groups }) => groups),
    contactPoints: all(({ contactPoints }) => contactPoints).map((point) => ({
      ...point,
      receivers: point.receivers.map((receiver) => ({ ...receiver, settings: expanded(receiver.settings, env) })),
    })),
    muteTimes: all(({ muteTimes }) => muteTimes),
    templates: all(({ templates }) => templates),
  };
}

function nearest(starts: readonly string[]): string | null {
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, FOLDER))) {
        return join(folder, FOLDER);
      }
      if (dirname(folder) === folder) {
        break;
      }
    }
  }
  return null;
}

/** As Grafana fills its files in: `$NAME` by the environment, `$$` for a dollar. */
function expanded(settings: Record<string, unknown>, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const text = (value: string) =>
    value.replace(/\$\$|\$\{?(\w+)\}?/g, (whole, name?: string) => (whole === '$$' ? '$' : (env[name!] ?? '')));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value])
  );
}
