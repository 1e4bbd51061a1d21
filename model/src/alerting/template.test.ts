import { expandText } from './template';
import { plainNumber, shortNumber } from './template-number';

const capture = (value: number | null, labels = {}, query = false) => ({ value, labels, query });
const result = {
  values: {
    A: capture(1234567.5, { kpi: 'revenue' }, true),
    B: capture(1),
    C: capture(null, { driver: 'West', since: '3 March' }),
  },
};
const labels = { kpi: 'revenue', alertname: 'Critical' };

it.each([
  ['nothing to fill in', 'nothing to fill in'],
  ['{{ $labels.kpi }} of {{$labels.alertname}}', 'revenue of Critical'],
  ['{{ .Labels.kpi }}', 'revenue'],
  ['{{ $labels.region }}', '[no value]'],
  ['{{ $values.C.Labels.driver }}', 'West'],
  ['{{ $values.C.Labels.nothing }}', '[no value]'],
  ['{{ $values.D.Labels.driver }}', '[no value]'],
  ['{{ $values.D }}', '[no value]'],
  ['{{ $values.A }}', '1234567.5'],
  ['{{ $values.A.Value }}', '1.2345675e+06'],
  ['{{ $value }}', '1.2345675e+06'],
  ['{{ $values.C }}', 'NaN'],
  ['a {{- $labels.kpi -}} b', 'arevenueb'],
  ['a {{ $labels.kpi -}} b {{- $labels.kpi }}', 'a revenueb' + 'revenue'],
  [
    '{{ with $values.C }}{{ with .Labels.driver }}{{ . }}: {{ end }}{{ with .Labels.since }}{{ . }}{{ end }}{{ end }}',
    'West: 3 March',
  ],
  ['{{ with $values.D }}{{ with .Labels.driver }}{{ . }}{{ end }}{{ end }}', ''],
  ['{{ with $values.C }}{{ with .Labels.nothing }}{{ . }}{{ else }}none{{ end }}{{ end }}', 'none'],
  ['{{ if .Labels.kpi }}{{ .Labels.kpi }} {{ .Values.B }}{{ end }}', 'revenue 1'],
  ['{{ externalURL }}d/kpi', 'http://kpi/d/kpi'],
  ['{{ humanize $value }} of {{ $labels.kpi }}', '{{ humanize $value }} of {{ $labels.kpi }}'],
  ['{{ range .Labels }}x{{ end }}', '{{ range .Labels }}x{{ end }}'],
  ['{{ end }} {{ $labels.kpi }}', '{{ end }} {{ $labels.kpi }}'],
  ['{{ with $labels.kpi }}', '{{ with $labels.kpi }}'],
  ['{{ if $values.C }}x{{ end }}', 'x'],
])('%s becomes %s', (text, expected) => {
  expect(expandText(text, { labels, ...result, externalURL: 'http://kpi/' })).toBe(expected);
});

it('with several queries $value lists all values', () => {
  const values = { A: capture(1, { kpi: 'a' }, true), B: capture(null, {}, true) };
  expect(expandText('{{ $value }}', { labels: {}, values })).toBe(
    "[ var='A' labels={kpi=a} value=1 ], [ var='B' labels={} value=null ]"
  );
});

/** Written by Go 1.25: `strconv.FormatFloat(x, 'f', -1, 64)` and `fmt.Sprint(x)`. */
it.each([
  [1e6, '1000000', '1e+06'],
  [123456789, '123456789', '1.23456789e+08'],
  [12345.678, '12345.678', '12345.678'],
  [1e21, '1000000000000000000000', '1e+21'],
  [0.0001, '0.0001', '0.0001'],
  [0.00001, '0.00001', '1e-05'],
  [-1.5e-7, '-0.00000015', '-1.5e-07'],
  [1.25e22, '12500000000000000000000', '1.25e+22'],
  [0, '0', '0'],
  [999999, '999999', '999999'],
])('writes %d as %s, or short as %s', (value, plain, short) => {
  expect([plainNumber(value), shortNumber(value)]).toEqual([plain, short]);
});
