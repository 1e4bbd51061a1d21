/** What `provisioning/alerting` promises: rules that Grafana and standalone evaluate alike, on queries that there are. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readCatalogueFolder } from '@kpi-monitor/cli/compose/catalogue-folder';
import { selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { FEED_TEXTS, FORECAST_TEXTS, KPI_TEXTS, QUALITY_TEXTS } from '@kpi-monitor/model/query/alert-texts';
import { MEASURES, type RequestQuery } from '@kpi-monitor/model/query/query';
import { readQuery } from '@kpi-monitor/model/query/query-schema';
import { parse } from 'yaml';

import type { AlertingFiles, FileRule } from '../cli/src/grafana/rule-files';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'provisioning/alerting');

type AlertingFile = Partial<AlertingFiles> & { policies?: unknown; deleteRules?: Array<{ uid: string }> };

const readFolder = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as AlertingFile);
const files = readFolder(FOLDER);
const optional = readFolder(join(ROOT, 'provisioning/optional'));
const groups = files.flatMap(({ groups: all = [] }) => all);
const rules = groups.flatMap((group) => group.rules);
const contactPoints = files.flatMap(({ contactPoints: all = [] }) => all);
const muteTimes = files.flatMap(({ muteTimes: all = [] }) => all.map(({ name }) => name));
const { catalogue } = readCatalogueFolder(join(ROOT, 'kpis'), 1);

const days = (duration: string) => {
  const [, n, unit] = /^(\d+)([smhdw])$/.exec(duration)!;
  return (Number(n) * { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit as 's']) / 86_400;
};
const queries = ({ data }: FileRule) => data.filter(({ datasourceUid }) => datasourceUid !== '__expr__');
const conditionOf = (rule: FileRule) => readQuery(queries(rule)[0]!.model);
const contextOf = (rule: FileRule) => readQuery(rule.data.find(({ refId }) => refId === 'C')!.model);

it('has rules under uids of their own, in the folder of the dashboards', () => {
  expect(rules.length).toBeGreaterThan(9);
  expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
  expect(groups.filter(({ folder }) => folder !== 'KPI Monitor')).toEqual([]);
  expect(groups.filter(({ interval }) => days(interval) < days('10s'))).toEqual([]);
  expect(rules.filter(({ uid }) => !/^[a-z-]{1,40}$/.test(uid))).toEqual([]);
});

it('leaves the policy tree of whoever runs Grafana alone', () => {
  expect(files.filter(({ policies }) => policies !== undefined)).toEqual([]);
  expect(rules.filter(({ notification_settings: own }) => !own?.receiver)).toEqual([]);
});

it('sends to contact points that there are, in times that there are', () => {
  const names = contactPoints.map(({ name }) => name);
  for (const { notification_settings: own } of rules) {
    expect(names).toContain(own.receiver);
    expect(muteTimes).toEqual(
      expect.arrayContaining([...(own.mute_time_intervals ?? []), ...(own.active_time_intervals ?? [])])
    );
  }
  const more = optional.flatMap(({ contactPoints: all = [] }) => all);
  expect(more.filter(({ name }) => !names.includes(name))).toEqual([]);
  const uids = [...contactPoints, ...more].flatMap(({ receivers }) => receivers.map(({ uid }) => uid));
  expect(new Set(uids).size).toBe(uids.length);
});

it('can be taken away again, every one', () => {
  const deleted = optional.flatMap(({ deleteRules: all = [] }) => all.map(({ uid }) => uid));
  expect(deleted.toSorted()).toEqual(rules.map(({ uid }) => uid).toSorted());
});

it('needs nothing to be set for Grafana to start: a setting without a value would stop it', () => {
  const settings = contactPoints.flatMap(({ receivers }) => receivers.flatMap((one) => Object.values(one.settings)));
  expect(settings.filter((value) => String(value).replace(/\$\w+/g, '') === '')).toEqual([]);
});

it('repeats nothing sooner than Grafana forgets that it was sent', () => {
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  const [, retention] = /NOTIFICATION_LOG_RETENTION: (\w+)/.exec(compose)!;
  const longest = Math.max(...rules.map(({ notification_settings: own }) => days(own.repeat_interval!)));
  // An entry is kept for twice the interval, or for as long as the log is kept where that is shorter.
  expect(days(retention!)).toBeGreaterThanOrEqual(2 * longest);
});

it('puts warnings, outlooks and forecasts of an owner into one digest', () => {
  const digest = rules.filter(({ labels }) => labels.severity === 'warning');
  expect(digest.map(({ labels }) => labels.about).sort()).toEqual(
    expect.arrayContaining(['breach', 'forecast', 'outlook', 'status'])
  );
  // Grafana groups by title and folder as well, whatever a rule says.
  expect(new Set(digest.map(({ title, notification_settings: own }) => JSON.stringify([title, own]))).size).toBe(1);
  expect(digest[0]!.notification_settings.group_by).toEqual(['owner']);
});

it.each(['emergency', 'critical', 'warning'])(
  'covers every KPI but the diagnostic ones once at the level %s',
  (level) => {
    const ofLevel = rules.filter(({ labels }) => labels.severity === level && labels.about === 'status');
    const covered = ofLevel.flatMap((rule) => selectKpis(catalogue!, conditionOf(rule).select).map(({ id }) => id));
    const expected = catalogue!.kpis.filter(({ tier }) => tier !== 'diagnostic').map(({ id }) => id);
    expect(covered.toSorted()).toEqual(expected.toSorted());
  }
);

describe.each(rules.map((rule) => [rule.uid, rule] as const))('%s', (_, rule) => {
  it('asks what the engine answers: one number a KPI, of no slice and of nothing to come', () => {
    for (const { datasourceUid, model, relativeTimeRange, refId } of queries(rule)) {
      expect(datasourceUid).toBe('kpi');
      expect(model).toMatchObject({ refId, datasource: { uid: 'kpi', type: 'kpimonitor-kpi-datasource' } });
      const query: RequestQuery = readQuery(model);
      expect(query.format).toBe('numeric');
      expect([query.split, query.select.where]).toEqual([undefined, undefined]);
      expect(relativeTimeRange!.to).toBe(0);
      // A measure that a type does not know would be answered with its usual one.
      expect(model.measure === undefined || MEASURES[query.type]!.includes(query.measure!)).toBe(true);
    }
  });

  it('is evaluated by what standalone evaluates, too', () => {
    const expressions = rule.data.filter(({ datasourceUid }) => datasourceUid === '__expr__');
    expect(
      expressions.map(({ model }) => model.type).filter((type) => type !== 'reduce' && type !== 'threshold')
    ).toEqual([]);
    expect(rule.data.find(({ refId }) => refId === rule.condition)?.model.type).toBe('threshold');
    const refIds = rule.data.map(({ refId }) => refId);
    expect(expressions.filter(({ model }) => !refIds.includes(String(model.expression)))).toEqual([]);
  });

  it('says on purpose what becomes of it without data and without an engine', () => {
    expect(rule.noDataState).toBe('KeepLast');
    // One rule alone tells that the engine is away.
    expect(rule.execErrState).toBe(rule.uid === 'kpi-feed-late' ? 'Error' : 'KeepLast');
    expect(rule.for).toMatch(/^\d+[smh]$/);
  });

  it('has labels that never change', () => {
    expect(Object.keys(rule.labels).sort()).toEqual(['about', 'severity']);
    expect(Object.values(rule.labels).filter((value) => !/^[a-z]+$/.test(value))).toEqual([]);
  });

  it('asks for the texts of exactly what its condition is about', () => {
    const [condition, context] = [conditionOf(rule), contextOf(rule)];
    expect(context.type).toBe('alertContext');
    expect(context.select).toEqual(condition.select);
    expect(context.about === 'feed').toBe(condition.type === 'freshness');
    expect(context.about === 'quality').toBe(condition.type === 'quality');
  });

  it('writes texts that the engine sends, and nothing when it sends none', () => {
    const { about } = contextOf(rule);
    const known = Object.keys(
      about === 'feed'
        ? FEED_TEXTS
        : {
            ...KPI_TEXTS,
            ...(about === 'forecast' && FORECAST_TEXTS),
            ...(about === 'quality' && QUALITY_TEXTS),
          }
    );
    for (const text of Object.values(rule.annotations)) {
      const used = [...text.matchAll(/\.Labels\.(\w+)/g)].map(([, name]) => name!);
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((name) => !known.includes(name))).toEqual([]);
      // A text that is missing outside of a `with` is written as [no value].
      expect(text).toMatch(/^\{\{ with \$values\.C \}\}.*\{\{ end \}\}$/);
      expect(text.replaceAll(/\{\{ with \.Labels\.\w+ \}\}/g, '')).not.toMatch(/\.Labels/);
    }
    expect(Object.keys(rule.annotations)).toEqual(expect.arrayContaining(['summary', 'owner', 'link']));
  });
});
