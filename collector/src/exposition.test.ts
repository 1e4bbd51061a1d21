import { exposition } from './exposition';

test('counters of one name stand together under one description, their labels escaped', () => {
  const counter = (name: string, value: number, kpi: string) => ({
    name,
    help: `Help of ${name}`,
    type: 'counter' as const,
    labels: { kpi },
    value,
  });
  expect(
    exposition([counter('a_total', 1, 'x'), counter('b_total', 2, 'x'), counter('a_total', 3, 'say "y"\n\\')])
  ).toBe(
    `# HELP a_total Help of a_total
# TYPE a_total counter
a_total{kpi="x"} 1
a_total{kpi="say \\"y\\"\\n\\\\"} 3
# HELP b_total Help of b_total
# TYPE b_total counter
b_total{kpi="x"} 2
`
  );
  expect(exposition([])).toBe('');
});
