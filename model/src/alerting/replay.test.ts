import { conditionOnly, createReplay } from './replay';
import { evaluateRule, type RuleStates } from './rule-states';
import { failure, MINUTE, numbers, testRule } from './test-rule';
import { NO_DATA, type Outcome } from './values';

const answer = (outcome: Outcome) => new Map([['A', outcome]]);

/** What evaluating each minute finds, the slow way. */
function minutely(rule: ReturnType<typeof testRule>, steps: Array<[number, Outcome]>, until: number) {
  const firings: Array<{ from: number; to: number | null }> = [];
  const open = new Map<string, { from: number; to: number | null }>();
  let states: RuleStates = new Map();
  for (let at = steps[0]![0]; at < until; at += MINUTE) {
    const outcome = steps.findLast(([from]) => from <= at)![1];
    const { states: next, transitions } = evaluateRule(rule, states, answer(outcome), at);
    states = next;
    for (const { instance, previous } of transitions) {
      const [is, was] = [instance.state, previous.state].map((state) => state === 'Alerting' || state === 'Recovering');
      if (is && !was) {
        open.set(instance.key, { from: at, to: null });
        firings.push(open.get(instance.key)!);
      } else if (was && !is) {
        open.get(instance.key)!.to = at;
      }
    }
  }
  return firings;
}

function replayed(rule: ReturnType<typeof testRule>, steps: Array<[number, Outcome]>, until: number) {
  const replay = createReplay(rule);
  steps.forEach(([at, outcome], i) => replay.step(at, steps[i + 1]?.[0] ?? until, answer(outcome)));
  return replay
    .instances()
    .flatMap(({ firings }) => firings)
    .sort((a, b) => a.from - b.from);
}

const HOUR = 60 * MINUTE;
const high = numbers({ revenue: 20 });
const low = numbers({ revenue: 1 });
const between = numbers({ revenue: 8 });
const course: Array<[number, Outcome]> = [
  [0, low],
  [HOUR, high],
  [HOUR + 3 * MINUTE, low],
  [2 * HOUR, high],
  [30 * HOUR, between],
  [40 * HOUR, NO_DATA],
  [50 * HOUR, failure],
  [60 * HOUR, low],
  [70 * HOUR, high],
  [80 * HOUR, numbers({})],
  [90 * HOUR, high],
];

it.each([
  ['as it is', {}],
  ['with a wait', { rule: { for: '10m' } }],
  ['that goes on for a while', { rule: { for: '5m', keepFiringFor: '30m' } }],
  ['with a recovery threshold', { unload: { type: 'lt', params: [5] } }],
  ['that keeps what it knew', { rule: { for: '1h', noDataState: 'KeepLast', execErrState: 'KeepLast' } }],
  ['for which silence is fine', { rule: { noDataState: 'OK', execErrState: 'OK' } }],
  ['for which silence is an alert', { rule: { for: '2m', noDataState: 'Alerting', execErrState: 'Alerting' } }],
])('a rule %s fires when evaluating each minute says so', (_, wanted) => {
  const rule = testRule(wanted);
  const expected = minutely(rule, course, 100 * HOUR);
  expect(expected.length).toBeGreaterThan(0);
  expect(replayed(rule, course, 100 * HOUR)).toEqual(expected);
});

it('asks for nothing that the condition does not read', () => {
  const texts = { refId: 'C', datasourceUid: 'kpi', relativeTimeRange: { from: 600 }, model: { type: 'alertContext' } };
  expect(conditionOnly(testRule({ data: [texts] })).steps.map(({ refId }) => refId)).toEqual(['A', 'B']);
});
