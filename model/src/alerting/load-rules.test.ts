import { problemText } from '../catalogue/problem';

import { loadRules } from './load-rules';

const file = `apiVersion: 1
groups:
  - orgId: 1
    name: status
    folder: KPI $TEAM
    interval: 1m
    rules:
      - uid: kpi-critical
        title: KPI critical
        condition: B
        for: 5m
        keepFiringFor: 10m
        noDataState: KeepLast
        execErrState: KeepLast
        labels:
          severity: critical
          name: '{{ $$labels.kpi }}'
        annotations:
          summary: '{{ $labels.kpi }} is critical'
        notification_settings:
          receiver: owners
        data:
          - refId: A
            relativeTimeRange: { from: 3600, to: 0 }
            datasourceUid: kpi
            model: { v: 1, type: status, format: numeric, note: $TEAM }
          - refId: B
            datasourceUid: __expr__
            model:
              type: threshold
              expression: R
              conditions:
                - evaluator: { type: gte, params: [2] }
          - refId: R
            datasourceUid: __expr__
            model: { type: reduce, expression: A, reducer: last, settings: { mode: dropNN } }
`;
const load = (...texts: string[]) =>
  loadRules(
    texts.map((text, i) => ({ path: `alerting/${i}.yaml`, text })),
    { TEAM: 'finance' }
  );
const rulesOf = (...texts: string[]) => load(...texts).groups.flatMap(({ rules }) => rules);
const problemsOf = (...texts: string[]) => load(...texts).problems.map(problemText);

describe('a rule file', () => {
  it('is read as Grafana reads it', () => {
    const { groups, problems } = load(file);
    expect(problems).toEqual([]);
    expect(groups).toMatchObject([{ name: 'status', folder: 'KPI finance', interval: 60_000 }]);
    expect(groups[0]!.rules[0]).toMatchObject({
      uid: 'kpi-critical',
      for: 300_000,
      keepFiringFor: 600_000,
      noDataState: 'KeepLast',
      labels: { severity: 'critical', name: '{{ $labels.kpi }}' },
      annotations: { summary: '{{ $labels.kpi }} is critical' },
      notification_settings: { receiver: 'owners' },
      missing_series_evals_to_resolve: 2,
      isPaused: false,
      place: 'alerting/0.yaml:8',
    });
  });

  it('puts what is read before what reads it, and keeps query models as they are', () => {
    const { steps } = rulesOf(file)[0]!;
    expect(steps.map(({ refId }) => refId)).toEqual(['A', 'R', 'B']);
    expect(steps[0]!.query.model).toEqual({ v: 1, type: 'status', format: 'numeric', note: '$TEAM' });
  });

  it('has the defaults that Grafana has for files', () => {
    const bare = file.replace(/ +(for|keepFiringFor|noDataState|execErrState):.*\n/g, '');
    expect(rulesOf(bare)[0]).toMatchObject({
      for: 0,
      keepFiringFor: 0,
      noDataState: 'NoData',
      execErrState: 'Alerting',
    });
  });

  it('may hold what is Grafana’s alone, or nothing', () => {
    expect(problemsOf('apiVersion: 1\ncontactPoints: [{ name: x }]\npolicies: []\nmuteTimes: []\n')).toEqual([]);
    expect(problemsOf('')).toEqual([]);
  });

  it('may keep what it repeats in anchors', () => {
    const anchored = `x-texts: &texts { summary: '{{ $labels.kpi }}' }\n${file.replace(/annotations:\n.*\n/, 'annotations: *texts\n')}`;
    expect(problemsOf(anchored)).toEqual([]);
    expect(rulesOf(anchored)[0]!.annotations).toEqual({ summary: '{{ $labels.kpi }}' });
  });

  it('may share a group with another file', () => {
    const other = file.replace('uid: kpi-critical', 'uid: other').replace('interval: 1m', 'interval: 2m');
    expect(load(file, other).groups).toHaveLength(1);
    expect(rulesOf(file, other).map(({ uid, interval }) => [uid, interval])).toEqual([
      ['kpi-critical', 60_000],
      ['other', 60_000],
    ]);
  });
});

describe('a mistake in a rule file names code, file, line and remedy', () => {
  it.each<[string, [string, string], RegExp]>([
    ['broken YAML', ['groups:', 'groups: ['], /^ALERT_RULE_FORM alerting\/0\.yaml:\d+ /],
    ['no version', ['apiVersion: 1', 'apiVersion: 2'], /^ALERT_RULE_FORM .*0\.yaml:1 `apiVersion`: is 1$/],
    ['an interval Grafana has not', ['interval: 1m', 'interval: 15s'], /0\.yaml:6 `interval`: .*multiple of 10s/],
    ['no interval', ['interval: 1m', 'interval: often'], /0\.yaml:6 `interval`: is no duration; write 30s/],
    ['no folder', ['folder: KPI $TEAM', 'folder: " "'], /0\.yaml:5 `folder`: may not be empty/],
    ['a wrong for', ['for: 5m', 'for: 5 minutes'], /0\.yaml:11 `for`: is no duration/],
    ['a misspelt field', ['keepFiringFor', 'keep_firing_for'], /0\.yaml:12 `keep_firing_for` is no field/],
    ['a wrong state', ['noDataState: KeepLast', 'noDataState: Ok'], /0\.yaml:13 `noDataState`: is one of NoData, Al/],
    ['no title', ['title: KPI critical', 'title: ""'], /0\.yaml:9 `title`: may not be empty/],
    ['an unknown condition', ['condition: B', 'condition: Z'], /0\.yaml:10 `Z` is no refId of the rule \(A, B, R\)/],
    [
      'an empty range',
      ['from: 3600', 'from: 0'],
      /0\.yaml:24 `data\.0\.relativeTimeRange`: a query needs a time range/,
    ],
    ['an input that is not there', ['expression: R', 'expression: X'], /EXPRESSION|B reads `X`, which the rule/],
    ['a circle', ['expression: A', 'expression: B'], /the expressions read each other in a circle/],
    ['a refId twice', ['refId: R', 'refId: A'], /`A` is used twice/],
    [
      'an expression of Grafana alone',
      ['type: threshold', 'type: math'],
      /^ALERT_RULE_EXPRESSION .*0\.yaml:30 B: only expressions of type reduce and threshold .* \(`math`\)/,
    ],
    ['a reducer that is none', ['reducer: last', 'reducer: best'], /^ALERT_RULE_EXPRESSION .*R: `reducer`/],
    ['a comparison that is none', ['type: gte', 'type: over'], /^ALERT_RULE_EXPRESSION .*B: `conditions/],
    ['a range of one number', ['type: gte', 'type: within_range'], /params.*takes one number/],
    [
      'recovery of what does not decide',
      [
        'evaluator: { type: gte, params: [2] }\n',
        'evaluator: { type: gte, params: [2] }\n                  unloadEvaluator: { type: lt, params: [2] }\n',
      ],
      /^$/,
    ],
  ])('%s', (name, [from, to], expected) => {
    const text = file.replace(from, to);
    expect(text).not.toBe(file);
    if (name.startsWith('recovery')) {
      expect(problemsOf(text)).toEqual([]);
      expect(problemsOf(text.replace('condition: B', 'condition: R'))[0]).toMatch(/only the condition may have/);
      return;
    }
    expect(problemsOf(text).join('\n')).toMatch(expected);
    expect(rulesOf(text)).toEqual([]);
  });

  it('a recording rule', () => {
    expect(problemsOf(file.replace('condition: B', 'record: { metric: m, from: B }'))[0]).toMatch(
      /^ALERT_RULE_EXPRESSION .*:10 a recording rule is evaluated by Grafana alone/
    );
  });

  it('one uid for two rules', () => {
    const [problem] = problemsOf(file, file);
    expect(problem).toMatch(/^ALERT_RULE_FORM alerting\/1\.yaml:8 `kpi-critical` is the uid of alerting\/0\.yaml:8/);
    expect(rulesOf(file, file)).toHaveLength(1);
  });

  it('and leaves the other rules alone', () => {
    const broken = file.replace('uid: kpi-critical', 'uid: broken').replace('condition: B', 'condition: Z');
    expect(rulesOf(broken, file).map(({ uid }) => uid)).toEqual(['kpi-critical']);
  });
});
