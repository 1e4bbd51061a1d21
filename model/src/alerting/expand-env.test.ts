import { expandEnv, expandRuleFile } from './expand-env';

const env = { NAME: 'x', EMPTY: '' };

it.each([
  ['$NAME-${NAME}-$__env{NAME}', 'x-x-x'],
  ['a$MISSING.b${MISSING}', 'a.b'],
  ['{{ $$labels.kpi }}', '{{ $labels.kpi }}'],
  ['{{ $labels.kpi }}', '{{ .kpi }}'],
  ['$$$NAME', '$x'],
  ['costs 5 $', 'costs 5 $'],
  ['$EMPTY', ''],
])('%s becomes %s', (text, expected) => {
  expect(expandEnv(text, env)).toBe(expected);
});

it('leaves annotations and query models of a file as they are', () => {
  const rule = {
    title: '$NAME',
    labels: { a: '$NAME' },
    annotations: { a: '$NAME' },
    data: [{ refId: '$NAME', model: { a: '$NAME' } }],
  };
  expect(expandRuleFile({ groups: [{ rules: [rule] }] }, env)).toEqual({
    groups: [
      {
        rules: [
          {
            title: 'x',
            labels: { a: 'x' },
            annotations: { a: '$NAME' },
            data: [{ refId: 'x', model: { a: '$NAME' } }],
          },
        ],
      },
    ],
  });
});
