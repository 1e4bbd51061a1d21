/** Against Grafana's own state manager: the table was made by running it, see `origin` in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Result } from './evaluate';
import { stateText } from './instance';
import { type Labels, labelsText } from './labels';
import { applyResults, type RuleStates } from './rule-states';
import { MINUTE, testRule } from './test-rule';
import type { EvaluationError } from './values';

interface Case {
  rule: { for: number; keepFiringFor: number; noDataState: string; execErrState: string; missing: number };
  /** what was answered for `a`, the state of `b`, and what Grafana made of it */
  steps: Array<[string, string, string[]]>;
}

const path = join(process.cwd(), 'model/test/golden/alert-states.json');
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };

const result = (state: Result['state'], labels: Labels, error?: EvaluationError): Result => ({
  state,
  labels,
  values: {},
  error,
});

function resultsOf(answer: string, other: string): Result[] {
  const b = result(other as Result['state'], { kpi: 'b' });
  switch (answer) {
    case 'none':
      return [result('NoData', { datasource_uid: 'kpi', ref_id: 'A' })];
    case 'error':
      return [result('Error', {}, { message: 'gone' })];
    case 'gone':
      return [b];
    default: {
      const state = ({ high: 'Alerting', low: 'Normal', null: 'NoData' } as const)[answer as 'high' | 'low' | 'null'];
      return [result(state, { kpi: 'a' }), b];
    }
  }
}

/** The table was made without them. */
const OURS = ['alertname', 'grafana_folder'];

const seconds = (time: number | null) => (time === null ? '-' : String(time / 1000));

it.each(cases.map((one, i) => [i, JSON.stringify(one.rule), one] as const))(
  'sequence %i is told as Grafana tells it: %s',
  (_, __, { rule, steps }) => {
    const tested = testRule({
      rule: {
        for: `${rule.for}s`,
        keepFiringFor: `${rule.keepFiringFor}s`,
        noDataState: rule.noDataState,
        execErrState: rule.execErrState,
        missing_series_evals_to_resolve: rule.missing,
      },
    });
    let states: RuleStates = new Map();
    steps.forEach(([answer, other, expected], i) => {
      const at = i * MINUTE;
      const evaluated = applyResults(tested, states, resultsOf(answer, other), at);
      states = evaluated.states;
      const told = evaluated.transitions.map(({ instance, previous }) => {
        const labels = Object.entries(instance.labels).filter(([name]) => !OURS.includes(name));
        return [
          labelsText(Object.fromEntries(labels)),
          stateText(instance),
          instance.startsAt / 1000,
          instance.endsAt / 1000,
          seconds(instance.firedAt),
          seconds(instance.resolvedAt),
          stateText(previous),
        ].join('|');
      });
      expect({ step: i, answer, told: told.sort() }).toEqual({ step: i, answer, told: expected });
    });
  }
);
