import { asKpiError } from '../errors';

import { ruleOf } from './rule-of';

const RULE = `---
# Of the shop.
uid: shop
title: Shop critical
condition: B
for: 1h
annotations:
  summary: |
    two
    lines
data:
  - { refId: A, datasourceUid: kpi, relativeTimeRange: { from: 600 }, model: { type: status } }
  - refId: B
    datasourceUid: __expr__
    model: { type: threshold, expression: A, conditions: [{ evaluator: { type: gt, params: [1.5] } }] }
`;

const refusalOf = (text: string) => {
  try {
    ruleOf(text, undefined, []);
  } catch (thrown) {
    return asKpiError(thrown);
  }
  throw new Error('it was taken');
};

it('takes one rule alone', () => {
  expect(ruleOf(RULE, undefined, [])).toMatchObject({ uid: 'shop', annotations: { summary: 'two\nlines\n' } });
});

it('tells what is wrong with it by the lines of what was written', () => {
  const { code, message } = refusalOf(RULE.replace('for: 1h', 'for: soon'));
  expect([code, message]).toEqual(['ALERT_RULE_FORM', expect.stringMatching(/^line 6: `for`/)]);
});

it('takes one rule of those that are provisioned, by its uid', () => {
  expect(() => ruleOf(undefined, 'shop', [])).toThrow('no rule `shop` is there (none)');
});
