/** What a test of alerts needs in Grafana: a data source, a folder, contact points and rules, all taken away again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import type { FileRule, NotificationSettings } from '../../cli/src/grafana/rule-files';
import type { RuleAnswer, RulesAnswer } from '../../standalone/src/services/alerting';

import { grafana } from './grafana';
import { openReceiver, type Receiver } from './receiver';

const API = '/api/v1/provisioning';
/** Another one each run: Grafana remembers what it has told about alerts of the same name. */
const RUN = Date.now().toString(36);

const FOLDER = join(process.cwd(), 'provisioning/alerting');
const fileRules = readdirSync(FOLDER)
  .filter((name) => name.startsWith('rules-'))
  .flatMap(
    (name) => (parse(readFileSync(join(FOLDER, name), 'utf8')) as { groups: Array<{ rules: FileRule[] }> }).groups
  )
  .flatMap(({ rules }) => rules);

export type StageRule = Omit<FileRule, 'notification_settings'> & {
  notification_settings?: NotificationSettings;
  [other: string]: unknown;
};

/** The rule of the files with nothing to wait for. */
export function hurried(uid: string, receiver: string, more: Partial<NotificationSettings> = {}): StageRule {
  const rule = fileRules.find((one) => one.uid === uid)!;
  const { group_by, repeat_interval } = rule.notification_settings;
  const notification_settings = { receiver, group_by, repeat_interval, ...HURRY, ...more };
  return { ...rule, for: '0s', notification_settings };
}

export const HURRY = { group_wait: '1s', group_interval: '5s' };

export interface Stage {
  /** of the folder and the data source */
  uid: string;
  receiver: Receiver;
  /** name of a contact point or timing in Grafana */
  named(name: string): string;
  /** A webhook that tells our texts to the receiver's path of the same name. */
  webhook(name: string): Promise<string>;
  contactPoint(name: string, type: string, settings: Record<string, unknown>): Promise<string>;
  timing(name: string, intervals: ReadonlyArray<Record<string, unknown>>): Promise<string>;
  /** Makes a group of rules, evaluated every ten seconds, on the data source of the stage. */
  rules(group: string, rules: readonly StageRule[]): Promise<void>;
  /** as Grafana has them now, by the uid that the test gave */
  states(): Promise<Map<string, RuleAnswer>>;
  close(): Promise<void>;
}

/** @param url of the engine */
export async function openStage(uid: string, url: string, token: string): Promise<Stage> {
  const receiver = await openReceiver();
  const points: string[] = [];
  const timings: string[] = [];
  const named = (name: string) => `${uid} ${name} ${RUN}`;
  const gone = (path: string) => grafana(path, undefined, 'DELETE').catch(() => undefined);
  try {
    await gone(`/api/folders/${uid}?forceDeleteRules=true`);
    await gone(`/api/datasources/uid/${uid}`);
    await grafana('/api/datasources', {
      ...{ uid, name: uid, type: 'kpimonitor-kpi-datasource', access: 'proxy', url },
      secureJsonData: { token },
    });
    await grafana('/api/folders', { uid, title: uid });
  } catch (error) {
    // Whoever could not open it has nothing to close.
    receiver.close();
    throw error;
  }
  const stage: Stage = {
    uid,
    receiver,
    named,
    webhook: (name) =>
      stage.contactPoint(name, 'webhook', {
        url: receiver.url(name),
        title: '{{ template "kpi.subject" . }}',
        message: '{{ template "kpi.message" . }}',
      }),
    async contactPoint(name, type, settings) {
      const made = await grafana<{ uid: string }>(`${API}/contact-points`, { name: named(name), type, settings });
      points.push(made.uid);
      return named(name);
    },
    async timing(name, time_intervals) {
      await grafana(`${API}/mute-timings`, { name: named(name), time_intervals });
      timings.push(named(name));
      return named(name);
    },
    async rules(group, rules) {
      const placed = rules.map(({ uid: own, data, ...rule }) => ({
        ...rule,
        uid: `${uid}-${own}`,
        data: JSON.parse(JSON.stringify(data).replaceAll('"kpi"', JSON.stringify(uid))) as unknown,
        ...{ folderUID: uid, ruleGroup: group, orgID: 1 },
      }));
      const path = `${API}/folder/${uid}/rule-groups/${encodeURIComponent(group)}`;
      await grafana(path, { title: group, folderUid: uid, interval: 10, rules: placed }, 'PUT');
    },
    async states() {
      const { data } = await grafana<RulesAnswer>('/api/prometheus/grafana/api/v1/rules');
      const ours = data.groups.filter(({ file }) => file === uid);
      return new Map(ours.flatMap(({ rules }) => rules).map((rule) => [rule.uid.slice(uid.length + 1), rule]));
    },
    async close() {
      await gone(`/api/folders/${uid}?forceDeleteRules=true`);
      // One after the other: Grafana refuses changes of its alerting configuration at the same time.
      for (const point of points) {
        await gone(`${API}/contact-points/${point}`);
      }
      for (const name of timings) {
        await gone(`${API}/mute-timings/${encodeURIComponent(name)}`);
      }
      await gone(`/api/datasources/uid/${uid}`);
      receiver.close();
    },
  };
  return stage;
}
