/**
 * Alert rules in Grafana that belong to whoever runs it. Everything is written with Grafana's provenance off, so that it can
 * be edited there; what somebody has edited is never written again unless that is asked for.
 */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';

import type { Grafana } from './client';
import { isOurs, ourBranch, type Route, withBranch, withoutBranch } from './policy-tree';
import type { AlertingFiles, ContactPoint, FileRule, MuteTiming } from './rule-files';

export const FOLDER = { uid: 'kpi-monitor-alerts', title: 'KPI Monitor alerts' };

/** Rules of the files and their copies exist side by side, so copies have uids of their own. */
const OWN = 'own-';
const OWNER_POINT = 'KPI Monitor, ';

export interface Step {
  what: 'folder' | 'template' | 'mute timing' | 'contact point' | 'rule' | 'notification policies';
  name: string;
  done: 'created' | 'updated' | 'kept' | 'removed';
}

export interface InstallOptions {
  /** says what would be done, and does nothing */
  dryRun?: boolean;
  /** writes rules anew that somebody has edited */
  reset?: boolean;
  /** installs though the same rules are provisioned from files */
  beside?: boolean;
}

interface ApiRule {
  uid: string;
  title: string;
  folderUID: string;
  ruleGroup: string;
  provenance?: string;
  [other: string]: unknown;
}
interface ApiGroup {
  title: string;
  folderUid: string;
  interval: number;
  rules: ApiRule[];
}
interface ApiContactPoint {
  uid: string;
  name: string;
  provenance?: string;
}

const API = '/api/v1/provisioning';

/**
 * @param owners of the catalogue's KPIs; those that are addresses get messages of their own
 * @throws KpiError ALERTS_TWICE, GRAFANA_UNREACHABLE, GRAFANA_ACCESS, GRAFANA_REFUSED
 */
export async function installAlerts(
  grafana: Grafana,
  files: AlertingFiles,
  owners: readonly string[],
  options: InstallOptions
): Promise<Step[]> {
  const steps: Step[] = [];
  const rules = files.groups.flatMap((group) => group.rules);
  await refuseTwice(grafana, rules, options);
  const write = async (step: Step, work: () => Promise<unknown>) => {
    if (step.done !== 'kept' && !options.dryRun) {
      await work();
    }
    steps.push(step);
  };

  const folder = await grafana.get(`/api/folders/${FOLDER.uid}`);
  await write({ what: 'folder', name: FOLDER.title, done: folder ? 'kept' : 'created' }, () =>
    grafana.send('POST', '/api/folders', FOLDER)
  );
  for (const { name, template } of files.templates) {
    const path = `${API}/templates/${encodeURIComponent(name)}`;
    const done = (await grafana.get(path)) ? 'kept' : 'created';
    await write({ what: 'template', name, done }, () => grafana.send('PUT', path, { template }));
  }
  const timings = new Set(((await grafana.get<MuteTiming[]>(`${API}/mute-timings`)) ?? []).map(({ name }) => name));
  for (const { name, time_intervals } of files.muteTimes) {
    const done = timings.has(name) ? 'kept' : 'created';
    await write({ what: 'mute timing', name, done }, () =>
      grafana.send('POST', `${API}/mute-timings`, { name, time_intervals })
    );
  }
  const byOwner = ownerPoints(owners, files.contactPoints);
  const points = (await grafana.get<ApiContactPoint[]>(`${API}/contact-points`)) ?? [];
  for (const point of [...files.contactPoints, ...byOwner.values()]) {
    const done = points.some(({ name }) => name === point.name) ? 'kept' : 'created';
    await write({ what: 'contact point', name: point.name, done }, async () => {
      for (const { uid, type, settings } of point.receivers) {
        await grafana.send('POST', `${API}/contact-points`, { uid: ownUid(uid), name: point.name, type, settings });
      }
    });
  }
  for (const group of files.groups) {
    const path = `${API}/folder/${FOLDER.uid}/rule-groups/${encodeURIComponent(group.name)}`;
    const there = await grafana.get<ApiGroup>(path);
    const known = there?.rules ?? [];
    const find = (rule: FileRule) => known.find(({ uid }) => uid === ownUid(rule.uid));
    const doneOf = (rule: FileRule) => (!find(rule) ? 'created' : options.reset ? 'updated' : 'kept');
    const ours = group.rules.map((rule) => (doneOf(rule) === 'kept' ? find(rule)! : apiRule(rule, group.name)));
    const theirs = known.filter(({ uid }) => !ours.some((rule) => rule.uid === uid));
    const whole = {
      title: group.name,
      folderUid: FOLDER.uid,
      interval: (!options.reset && there?.interval) || seconds(group.interval),
      rules: [...ours, ...theirs],
    };
    const isNew = group.rules.some((rule) => doneOf(rule) !== 'kept');
    if (isNew && !options.dryRun) {
      await grafana.send('PUT', path, whole);
    }
    group.rules.forEach((rule) =>
      steps.push({ what: 'rule', name: `${rule.title} (${ownUid(rule.uid)})`, done: doneOf(rule) })
    );
  }
  const tree = (await grafana.get<Route>(`${API}/policies`)) ?? {};
  const names = new Map([...byOwner].map(([owner, { name }]) => [owner, name]));
  const merged = withBranch(tree, ourBranch(FOLDER.title, rules, names), FOLDER.title);
  const isThere = tree.routes?.some((route) => isOurs(route, FOLDER.title)) ?? false;
  const done = !isThere ? 'created' : options.reset ? 'updated' : 'kept';
  await write({ what: 'notification policies', name: `for ${FOLDER.title}`, done }, () =>
    grafana.send('PUT', `${API}/policies`, merged)
  );
  return steps;
}

/** Rules, their policies and the owners' contact points; what somebody may use elsewhere stays. */
export async function removeAlerts(
  grafana: Grafana,
  files: AlertingFiles,
  { dryRun }: Pick<InstallOptions, 'dryRun'>
): Promise<Step[]> {
  const steps: Step[] = [];
  const write = async (step: Step, work: () => Promise<unknown>) => {
    if (!dryRun) {
      await work();
    }
    steps.push(step);
  };
  const uids = new Set(files.groups.flatMap((group) => group.rules.map(({ uid }) => ownUid(uid))));
  for (const { uid, title } of await installedRules(grafana)) {
    if (uids.has(uid)) {
      await write({ what: 'rule', name: `${title} (${uid})`, done: 'removed' }, () =>
        grafana.send('DELETE', `${API}/alert-rules/${uid}`)
      );
    }
  }
  const tree = await grafana.get<Route>(`${API}/policies`);
  if (tree?.routes?.some((route) => isOurs(route, FOLDER.title))) {
    await write({ what: 'notification policies', name: `for ${FOLDER.title}`, done: 'removed' }, () =>
      grafana.send('PUT', `${API}/policies`, withoutBranch(tree, FOLDER.title))
    );
  }
  for (const { uid, name } of (await grafana.get<ApiContactPoint[]>(`${API}/contact-points`)) ?? []) {
    if (name.startsWith(OWNER_POINT)) {
      await write({ what: 'contact point', name, done: 'removed' }, () =>
        grafana.send('DELETE', `${API}/contact-points/${uid}`)
      );
    }
  }
  return steps;
}

export interface InstalledRule {
  uid: string;
  title: string;
  group: string;
  /** `file` cannot be edited in Grafana */
  from: 'file' | 'yours';
  isPaused: boolean;
}

/** The rules that ask our data source. */
export async function listAlerts(grafana: Grafana): Promise<InstalledRule[]> {
  const rules = (await grafana.get<ApiRule[]>(`${API}/alert-rules`)) ?? [];
  return rules
    .filter(({ data }) => (data as Array<{ datasourceUid: string }>).some((query) => query.datasourceUid === 'kpi'))
    .map(({ uid, title, ruleGroup, provenance, isPaused }) => ({
      ...{ uid, title, group: ruleGroup },
      ...{ from: provenance === 'file' ? ('file' as const) : ('yours' as const), isPaused: isPaused === true },
    }));
}

/** Addresses among the owners of a catalogue, each once. */
export function ownersOf(kpis: readonly Kpi[]): string[] {
  const all = kpis.map(({ owners }) => owners?.notify ?? owners?.accountable ?? '');
  return [...new Set(all.filter((owner) => /^\S+@\S+$/.test(owner)))].sort();
}

async function installedRules(grafana: Grafana): Promise<ApiRule[]> {
  const rules = (await grafana.get<ApiRule[]>(`${API}/alert-rules`)) ?? [];
  return rules.filter(({ folderUID }) => folderUID === FOLDER.uid);
}

/** Rules from files go on as they are, and everybody would be told twice. */
async function refuseTwice(grafana: Grafana, rules: readonly FileRule[], { beside }: InstallOptions): Promise<void> {
  const there = (await grafana.get<ApiRule[]>(`${API}/alert-rules`)) ?? [];
  const twice = there.filter(({ uid, isPaused }) => !isPaused && rules.some((rule) => rule.uid === uid));
  if (twice.length > 0 && !beside) {
    const message = `${grafana.url} has ${twice.length} of these rules from files, and all would be told twice; see docs/alert-rules.md for how to take them away, or install --beside`;
    throw new KpiError('ALERTS_TWICE', message, { rules: twice.map(({ uid }) => uid) });
  }
}

function ownUid(uid: string): string {
  return `${OWN}${uid}`;
}

function apiRule({ notification_settings: _, ...rule }: FileRule, ruleGroup: string): ApiRule {
  return { ...rule, uid: ownUid(rule.uid), folderUID: FOLDER.uid, ruleGroup, orgID: 1 };
}

/** A contact point for each address, like that of everybody's mail. */
function ownerPoints(owners: readonly string[], points: readonly ContactPoint[]): Map<string, ContactPoint> {
  const mail = points.flatMap(({ receivers }) => receivers).find(({ type }) => type === 'email');
  return new Map(
    owners.map((owner) => {
      const uid = `owner-${owner.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 36);
      const receiver = { uid, type: 'email', settings: { ...mail?.settings, addresses: owner } };
      return [owner, { name: `${OWNER_POINT}${owner}`, receivers: [receiver] }];
    })
  );
}

function seconds(duration: string): number {
  const [, n, unit] = /^(\d+)([smh])$/.exec(duration)!;
  return Number(n) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
}
