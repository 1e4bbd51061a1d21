import { t } from '@grafana/i18n';
import type { BacktestAnswer, BacktestInstance } from '@kpi-monitor/model/query/backtest-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

/** What a back-test found, in one sentence. */
export function findingText({ total, instances, looked }: BacktestAnswer): string {
  if (total.firings === 0) {
    return looked === 0
      ? t('backtest.nothing', 'It would not have fired: it found nothing to look at.')
      : t('backtest.never', 'It would not have fired for any of the {{looked}} that it looked at.', {
          looked,
          interpolation,
        });
  }
  const kpis = new Set(instances.map(({ kpi, name }) => kpi || name)).size;
  const whom = kpis === 1 ? t('backtest.one-kpi', '1 KPI') : t('backtest.kpis', '{{kpis}} KPIs', { kpis });
  const often =
    total.firings === 1
      ? t('backtest.once', 'once')
      : t('backtest.times', '{{firings}} times', { firings: total.firings });
  const words = { often, whom, brief: total.brief, perWeek: total.perWeek, interpolation };
  return total.brief === 0
    ? t('backtest.finding', 'It would have fired {{often}} for {{whom}}: about {{perWeek}} messages a week.', words)
    : t(
        'backtest.finding-brief',
        'It would have fired {{often}} for {{whom}}, {{brief}} of them over within an hour or a period: about {{perWeek}} messages a week.',
        words
      );
}

/**
 * What tells an instance apart from the others of its KPI: `Revenue`, and `West` where there is one for each region.
 * @returns in the order of `instances`
 */
export function namesOf(instances: readonly BacktestInstance[], title: string): Array<{ name: string; slice: string }> {
  return instances.map(({ kpi, name, labels }) => {
    const siblings = instances.filter((other) => other.kpi === kpi);
    const differing = Object.keys(labels).filter((key) => siblings.some((other) => other.labels[key] !== labels[key]));
    return { name: name || kpi || title, slice: differing.map((key) => labels[key]).join(', ') };
  });
}
