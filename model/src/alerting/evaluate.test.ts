import { evaluate } from './evaluate';
import { labelsKey } from './labels';
import { failure, numbers, testRule } from './test-rule';
import { NO_DATA, type Outcome } from './values';

const context = { refId: 'C', datasourceUid: 'kpi', relativeTimeRange: { from: 600 }, model: { type: 'alertContext' } };
const rule = testRule({ data: [context] });
const run = (A: Outcome, C: Outcome = numbers({ a: 1 })) => evaluate(rule, new Map(Object.entries({ A, C })));
const statesOf = (...args: Parameters<typeof run>) => run(...args).map(({ labels, state }) => [labels.kpi, state]);

describe('an evaluation', () => {
  it('has one result a label set', () => {
    expect(statesOf(numbers({ a: 11, b: 10, c: null }))).toEqual([
      ['a', 'Alerting'],
      ['b', 'Normal'],
      ['c', 'NoData'],
    ]);
  });

  it('knows the values of queries and expressions that belong to it', () => {
    const [result] = run(numbers({ a: 11, b: 12 }), numbers({ b: 1, a: 1 }, { driver: 'West' }));
    expect(result!.values).toMatchObject({
      A: { value: 11, query: true },
      B: { value: 1, query: false },
      C: { labels: { kpi: 'a', driver: 'West' } },
    });
  });

  it('takes what a recovery threshold says for what fires already', () => {
    const recovering = testRule({ unload: { type: 'lt', params: [5] } });
    const answers = new Map([['A', numbers({ a: 7, b: 7 })]]);
    const results = evaluate(recovering, answers, new Set([labelsKey({ kpi: 'a' })]));
    expect(results.map(({ state }) => state)).toEqual(['Alerting', 'Normal']);
  });

  it('is "no data" as a whole when any query has none, the condition’s or not', () => {
    const whole = [{ state: 'NoData', labels: { datasource_uid: 'kpi', ref_id: 'A' } }];
    expect(run(NO_DATA)).toMatchObject(whole);
    expect(run({ kind: 'values', values: [] })).toMatchObject(whole);
    expect(run(numbers({ a: 11 }), NO_DATA)).toMatchObject([{ state: 'NoData', labels: { ref_id: 'C' } }]);
    expect(run(NO_DATA, NO_DATA)).toMatchObject([{ labels: { ref_id: 'A,C' } }]);
  });

  it('is an error as a whole when what the condition reads has failed, and names the query', () => {
    expect(run(failure)).toEqual([
      {
        labels: {},
        state: 'Error',
        values: {},
        error: { message: 'STORE_UNREACHABLE: gone', refId: 'A', datasourceUid: 'kpi' },
      },
    ]);
  });

  it('is "no data", not an error, when another query has failed', () => {
    expect(run(numbers({ a: 11 }), failure)).toMatchObject([{ state: 'NoData', labels: { ref_id: 'C' } }]);
  });

  it('is an error when labels do not tell values apart', () => {
    const twice: Outcome = {
      kind: 'values',
      values: [1, 2].map((value) => ({ kind: 'number', labels: { kpi: 'a' }, value })),
    };
    expect(run(twice)).toMatchObject([{ state: 'Error', error: { message: expect.stringContaining('{kpi=a}') } }]);
  });

  it('is an error when the condition is a series', () => {
    const series: Outcome = { kind: 'values', values: [{ kind: 'series', labels: {}, points: [1, 2] }] };
    expect(run(series)[0]).toMatchObject({ state: 'Error', error: { message: expect.stringContaining('reduce') } });
  });

  it('is "no data" without labels when a reduction leaves nothing over', () => {
    const dropping = testRule({
      rule: {
        condition: 'D',
        data: [
          { refId: 'A', datasourceUid: 'kpi', relativeTimeRange: { from: 600 }, model: {} },
          {
            refId: 'D',
            datasourceUid: '__expr__',
            model: { type: 'reduce', expression: '$A', reducer: 'last', settings: { mode: 'dropNN' } },
          },
        ],
      },
    });
    expect(evaluate(dropping, new Map([['A', numbers({ a: null })]]))).toEqual([
      { labels: {}, state: 'NoData', values: {} },
    ]);
  });

  it('takes 200 KPIs with their contexts in a few milliseconds’ work, not in the square of it', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`kpi_${i}`, i]));
    const results = run(numbers(many), numbers(many, { driver: 'West' }));
    expect(results).toHaveLength(200);
    expect(results.every(({ labels, values }) => values.C!.labels.kpi === labels.kpi)).toBe(true);
  });
});
