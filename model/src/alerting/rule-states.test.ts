import fc from 'fast-check';

import { hasChanged, type Instance, STATES, stateText } from './instance';
import type { AlertRule } from './rule';
import { evaluateRule, type RuleStates } from './rule-states';
import { failure, MINUTE, numbers, type RuleWanted, testRule } from './test-rule';
import { ERROR_STATES, NO_DATA_STATES } from './rule-file';
import { NO_DATA, type Outcome } from './values';

type Answer = number | null | 'none' | 'error' | 'gone';

const outcomeOf = (answer: Answer): Outcome => {
  switch (answer) {
    case 'none':
      return NO_DATA;
    case 'error':
      return failure;
    case 'gone':
      return numbers({ other: 0 });
    default:
      return numbers({ a: answer, other: 0 });
  }
};

/** Every state of an instance, one evaluation a minute. `''` while it is not there. */
function story(answers: Answer[], wanted: RuleWanted = {}, pick = ofKpi('a')): string[] {
  const rule = testRule(wanted);
  let states: RuleStates = new Map();
  return answers.map((answer, i) => {
    const evaluated = evaluateRule(rule, states, new Map([['A', outcomeOf(answer)]]), i * MINUTE);
    states = evaluated.states;
    const found = evaluated.transitions.map(({ instance }) => instance).find(pick);
    return found ? stateText(found) : '';
  });
}

function ofKpi(kpi: string | undefined) {
  return ({ labels }: Instance) => labels.kpi === kpi;
}

const HIGH = 11;
const LOW = 1;
const rule = (fields: Record<string, unknown>) => ({ rule: fields });

describe('an instance', () => {
  it('fires at once without `for`, and is resolved at once without `keepFiringFor`', () => {
    expect(story([LOW, HIGH, HIGH, LOW])).toEqual(['Normal', 'Alerting', 'Alerting', 'Normal']);
  });

  it('is pending for as long as `for` says, and fires when it is met to the second', () => {
    expect(story([HIGH, HIGH, HIGH, LOW, HIGH], rule({ for: '2m' }))).toEqual([
      'Pending',
      'Pending',
      'Alerting',
      'Normal',
      'Pending',
    ]);
  });

  it('that flaps within `for` never fires', () => {
    const states = story([HIGH, LOW, HIGH, LOW, HIGH, LOW], rule({ for: '1m' }));
    expect(new Set(states)).toEqual(new Set(['Pending', 'Normal']));
  });

  it('recovers for as long as `keepFiringFor` says, and fires again without being pending', () => {
    expect(story([HIGH, HIGH, LOW, HIGH, LOW, LOW, LOW], rule({ for: '1m', keepFiringFor: '2m' }))).toEqual([
      'Pending',
      'Alerting',
      'Recovering',
      'Alerting',
      'Recovering',
      'Recovering',
      'Normal',
    ]);
  });

  it('that flaps around a recovery threshold fires once', () => {
    const unload = { type: 'lt', params: [5] };
    expect(story([LOW, HIGH, 7, 9, 6, HIGH, 4, 7], { unload })).toEqual([
      'Normal',
      'Alerting',
      'Alerting',
      'Alerting',
      'Alerting',
      'Alerting',
      'Normal',
      'Normal',
    ]);
  });

  it('is resolved after two evaluations without its series, and gone', () => {
    expect(story([HIGH, 'gone', 'gone', 'gone'])).toEqual(['Alerting', 'Alerting', 'Normal (MissingSeries)', '']);
    expect(story([HIGH, 'gone', HIGH])).toEqual(['Alerting', 'Alerting', 'Alerting']);
    expect(story([HIGH, 'gone', 'gone'], rule({ missing_series_evals_to_resolve: 1 }))).toEqual([
      'Alerting',
      'Normal (MissingSeries)',
      '',
    ]);
  });

  it('without a number follows `noDataState` by itself, while others have one', () => {
    const [keep, ok, alert, none] = ['KeepLast', 'OK', 'Alerting', 'NoData'].map((noDataState) =>
      story([HIGH, null, null, LOW, null], rule({ noDataState }))
    );
    const kept = 'Alerting (NoData, KeepLast)';
    expect(keep).toEqual(['Alerting', kept, kept, 'Normal', 'Normal (NoData, KeepLast)']);
    expect(ok).toEqual(['Alerting', 'Normal (NoData)', 'Normal (NoData)', 'Normal', 'Normal (NoData)']);
    expect(alert).toEqual(['Alerting', 'Alerting (NoData)', 'Alerting (NoData)', 'Normal', 'Alerting (NoData)']);
    expect(none).toEqual(['Alerting', 'NoData', 'NoData', 'Normal', 'NoData']);
  });

  it('is kept while no query has data, and goes on being pending', () => {
    expect(story([HIGH, 'none', 'none', HIGH], rule({ noDataState: 'KeepLast', for: '2m' }))).toEqual([
      'Pending',
      'Pending (NoData, KeepLast)',
      'Alerting (NoData, KeepLast)',
      'Alerting',
    ]);
  });

  it('makes way for an alert of its own when no data is one', () => {
    const noData = rule({ noDataState: 'NoData' });
    const answers: Answer[] = [HIGH, 'none', 'none', HIGH, HIGH];
    expect(story(answers, noData)).toEqual(['Alerting', 'Alerting', 'Normal (MissingSeries)', 'Alerting', 'Alerting']);
    expect(story(answers, noData, ofKpi(undefined))).toEqual(['', 'NoData', 'NoData', 'Normal (MissingSeries)', '']);
  });

  it('follows `execErrState` while the engine is away', () => {
    const told = (execErrState: string) => story([HIGH, 'error', 'error', HIGH], rule({ execErrState }));
    expect(told('KeepLast')).toEqual([
      'Alerting',
      'Alerting (Error, KeepLast)',
      'Alerting (Error, KeepLast)',
      'Alerting',
    ]);
    expect(told('OK')).toEqual(['Alerting', 'Normal (Error)', 'Normal (Error)', 'Alerting']);
    expect(told('Alerting')).toEqual(['Alerting', 'Alerting (Error)', 'Alerting (Error)', 'Alerting']);
    expect(told('Error')).toEqual(['Alerting', 'Alerting', 'Normal (MissingSeries)', 'Alerting']);
  });

  it('an error that is an alert of its own names the query, and ends with the first answer', () => {
    const wanted = rule({ execErrState: 'Error' });
    expect(story(['error', 'error', LOW], wanted, ofKpi(undefined))).toEqual([
      'Error',
      'Error',
      'Normal (MissingSeries)',
    ]);
    const { states } = evaluateRule(testRule(wanted), new Map(), new Map([['A', failure]]), 0);
    const [instance] = [...states.values()];
    expect(instance).toMatchObject({
      labels: { alertname: 'High', grafana_folder: 'KPI', ref_id: 'A', datasource_uid: 'kpi' },
      annotations: { Error: 'STORE_UNREACHABLE: gone' },
      error: 'STORE_UNREACHABLE: gone',
    });
  });
});

describe('what an instance says of itself', () => {
  const labelled = testRule({
    rule: {
      labels: { severity: 'critical', kpi: 'mine', driver: '{{ $$values.A.Labels.region }}' },
      annotations: { summary: '{{ $labels.kpi }} is {{ $values.A }} ({{ $labels.severity }})' },
    },
  });
  const evaluated = (value: number, at: number, states: RuleStates = new Map()) =>
    evaluateRule(labelled, states, new Map([['A', numbers({ a: value }, { region: 'West' })]]), at);

  it('are the labels of rule and data, the rule’s first, and annotations of the data', () => {
    const [instance] = [...evaluated(11, 0).states.values()];
    expect(instance!.labels).toEqual({
      alertname: 'High',
      grafana_folder: 'KPI',
      severity: 'critical',
      kpi: 'mine',
      driver: 'West',
      region: 'West',
    });
    expect(instance!.annotations).toEqual({ summary: 'a is 11 ([no value])' });
    expect(instance!.values).toEqual({ A: 11, B: 1 });
  });

  it('changes with the value, while it stays the same instance since the same time', () => {
    const first = evaluated(11, 0);
    const [instance] = [...evaluated(15, MINUTE, first.states).states.values()];
    expect(instance).toMatchObject({ startsAt: 0, firedAt: 0, evaluatedAt: MINUTE, values: { A: 15 } });
    expect(instance!.annotations.summary).toContain('15');
    expect(instance!.key).toBe([...first.states.keys()][0]);
  });

  it('is JSON through and through', () => {
    const { states } = evaluated(11, 0);
    expect(JSON.parse(JSON.stringify([...states]))).toEqual([...states]);
  });
});

describe('whatever is answered', () => {
  const runs = { numRuns: 40 };
  const answer = fc.constantFrom<Answer>(HIGH, LOW, 7, null, 'none', 'error', 'gone');
  const wanted = fc.record({
    for: fc.constantFrom('0s', '1m', '2m'),
    keepFiringFor: fc.constantFrom('0s', '1m', '3m'),
    noDataState: fc.constantFrom(...NO_DATA_STATES),
    execErrState: fc.constantFrom(...ERROR_STATES),
  });
  const run = (fields: Record<string, unknown>, answers: Answer[], survive = (states: RuleStates) => states) => {
    const tested: AlertRule = testRule(rule(fields));
    let states: RuleStates = new Map();
    return answers.map((given, i) => {
      const evaluated = evaluateRule(tested, survive(states), new Map([['A', outcomeOf(given)]]), i * MINUTE);
      states = evaluated.states;
      return evaluated;
    });
  };

  it('states are those that there are, and times are in order', () => {
    fc.assert(
      fc.property(wanted, fc.array(answer, { maxLength: 30 }), (fields, answers) => {
        run(fields, answers).forEach(({ states }, i) => {
          for (const { state, startsAt, evaluatedAt, endsAt, firedAt, resolvedAt } of states.values()) {
            expect(STATES).toContain(state);
            expect(startsAt).toBeLessThanOrEqual(evaluatedAt);
            expect(evaluatedAt).toBeLessThanOrEqual(i * MINUTE);
            expect(state === 'Normal' || endsAt >= evaluatedAt).toBe(true);
            expect(state !== 'Alerting' || (firedAt !== null && resolvedAt === null)).toBe(true);
          }
        });
      }),
      runs
    );
  });

  it('a rule with `for` never goes from normal to alerting in one step', () => {
    fc.assert(
      fc.property(wanted, fc.array(answer, { maxLength: 30 }), (fields, answers) => {
        for (const { transitions } of run({ ...fields, for: '1m' }, answers)) {
          for (const transition of transitions.filter(hasChanged)) {
            const { instance, previous } = transition;
            expect(instance.state === 'Alerting' && previous.state === 'Normal').toBe(false);
          }
        }
      }),
      runs
    );
  });

  it('a restart in between changes nothing', () => {
    const restart = (states: RuleStates): RuleStates => new Map(JSON.parse(JSON.stringify([...states])) as never);
    fc.assert(
      fc.property(wanted, fc.array(answer, { maxLength: 20 }), (fields, answers) => {
        const without = run(fields, answers).map(({ states }) => [...states]);
        expect(run(fields, answers, restart).map(({ states }) => [...states])).toEqual(without);
      }),
      runs
    );
  });

  it('the same evaluation again changes nothing but times', () => {
    fc.assert(
      fc.property(fc.constantFrom(HIGH, LOW), fc.array(answer, { maxLength: 10 }), (last, answers) => {
        const states = run({}, [...answers, last, last]).map((evaluated) => evaluated.transitions.filter(hasChanged));
        expect(states.at(-1)!.filter(({ instance }) => instance.labels.kpi === 'a')).toEqual([]);
      }),
      runs
    );
  });
});
