import { byWorst, detailOf, headline, labelText, reasonText, spanText, stateOf, wordsOf } from './words';

it('a state and its reason are said apart, in words', () => {
  expect(stateOf('Alerting (NoData, KeepLast)')).toEqual({ state: 'Alerting', reason: 'NoData, KeepLast' });
  expect(stateOf('Normal')).toEqual({ state: 'Normal', reason: '' });
  expect(wordsOf('Alerting').word).toBe('Firing');
  expect(reasonText('NoData, KeepLast')).toBe('no data, state kept');
  expect(reasonText('')).toBe('');
});

it('an alert is headed by its sentence, else by its rule and KPI', () => {
  const labels = { alertname: 'KPI critical', kpi: 'revenue', grafana_folder: 'KPI', severity: 'critical' };
  expect(headline({ labels, annotations: { summary: 'Revenue is critical' } })).toBe('Revenue is critical');
  expect(headline({ labels, annotations: {} })).toBe('KPI critical: revenue');
  expect(headline({ labels: { alertname: 'Feed' }, annotations: {} })).toBe('Feed');
  expect(labelText(labels, { labels: { severity: 'critical' } })).toBe('kpi: revenue');
  expect(detailOf({ labels })).toBe('/d/kpi-detail?var-kpi=revenue');
  expect(detailOf({ labels: {} })).toBeNull();
});

it('what fires is above what is pending, and that above what is normal', () => {
  const alert = (state: string, summary: string) => ({
    state,
    labels: {},
    annotations: { summary },
    activeAt: '',
    value: '',
  });
  const sorted = [alert('Normal', 'a'), alert('Pending', 'b'), alert('Alerting (NoData)', 'd'), alert('Alerting', 'c')];
  expect(sorted.sort(byWorst).map(({ annotations }) => annotations.summary)).toEqual(['c', 'd', 'b', 'a']);
});

it.each([
  [0, '0 s'],
  [30_000, '30 s'],
  [59_900, '1 min'],
  [7_500_000, '2 h 5 min'],
  [86_400_000 * 4 + 3 * 3_600_000, '4 d 3 h'],
])('%i ms last %s', (milliseconds, text) => {
  expect(spanText(milliseconds)).toBe(text);
});
