import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { TextLink, useStyles2 } from '@grafana/ui';
import type { BacktestAnswer, BacktestInstance } from '@kpi-monitor/model/query/backtest-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { kpiAddress } from '../addresses';

import { namesOf } from './finding';
import { FiringStrip } from './FiringStrip';

/** What fired, most often first, and when; on a narrow screen a block each. */
export function InstanceTable({ answer }: { answer: BacktestAnswer }) {
  const styles = useStyles2(getStyles);
  const { instances, leads, from, to, rule } = answer;
  const names = namesOf(instances, rule.title);
  const span = { from: dayOf(from), to: dayOf(to), interpolation };
  const words = {
    when: t('backtest.when', '{{from}} to {{to}}', span),
    kpi: t('backtest.kpi', 'KPI'),
    fired: t('backtest.fired', 'Fired'),
    total: t('backtest.total', 'In all'),
    longest: t('backtest.longest', 'Longest'),
    brief: t('backtest.brief', 'Soon over'),
    lead: t('backtest.lead', 'Forecast would have warned'),
  };
  return (
    <table className={styles.table} aria-label={t('backtest.table', 'What would have fired')}>
      <thead>
        <tr>
          <th scope="col">{words.kpi}</th>
          <th scope="col" className={styles.number}>
            {words.fired}
          </th>
          <th scope="col" className={styles.number}>
            {words.total}
          </th>
          <th scope="col" className={styles.number}>
            {words.longest}
          </th>
          <th scope="col" className={styles.number}>
            {words.brief}
          </th>
          {leads && <th scope="col">{words.lead}</th>}
          <th scope="col" className={styles.when}>
            {words.when}
          </th>
        </tr>
      </thead>
      <tbody>
        {instances.map((instance, i) => {
          const { name, slice } = names[i]!;
          const { kpi, firings, firingText, brief } = instance;
          return (
            <tr key={JSON.stringify(instance.labels)}>
              <th scope="row">
                {kpi ? <TextLink href={kpiAddress(kpi)}>{name}</TextLink> : name}
                {slice && <div className={styles.quiet}>{slice}</div>}
              </th>
              <td data-name={words.fired} className={styles.number}>
                {firings.length}
              </td>
              <td data-name={words.total} className={styles.number}>
                {firingText}
              </td>
              <td data-name={words.longest} className={styles.number}>
                {longestOf(instance, to)}
              </td>
              <td data-name={words.brief} className={styles.number}>
                {brief}
              </td>
              {leads && <td data-name={words.lead}>{leadOf(leads, kpi)}</td>}
              <td data-span={words.when} className={styles.when}>
                <FiringStrip
                  {...{ firings, from, to, severity: rule.severity }}
                  label={t('backtest.strip', 'Fired {{days}}', {
                    days: firings.map((one) => `${dayOf(one.from)} (${one.durationText})`).join(', '),
                    interpolation,
                  })}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function longestOf({ firings }: BacktestInstance, end: number): string {
  const lasted = firings.map(({ from, to, durationText }) => ({ ms: (to ?? end) - from, durationText }));
  return lasted.reduce((longest, one) => (one.ms > longest.ms ? one : longest)).durationText;
}

function leadOf(leads: NonNullable<BacktestAnswer['leads']>, kpi: string): string {
  return leads.rows
    .filter((row) => row.kpi === kpi)
    .map(({ periodText, leadText }) => `${periodText}: ${leadText}`)
    .join('; ');
}

function dayOf(time: number): string {
  return dateTimeFormat(time, { format: 'D MMM YYYY' });
}

const getStyles = (theme: GrafanaTheme2) => {
  const quiet = { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize };
  return {
    table: css({
      width: '100%',
      fontVariantNumeric: 'tabular-nums',
      'th, td': { padding: theme.spacing(0.75, 1), textAlign: 'left', verticalAlign: 'top' },
      th: { fontWeight: theme.typography.fontWeightRegular },
      'thead th': quiet,
      'tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
      [theme.breakpoints.down('md')]: {
        display: 'block',
        tbody: { display: 'block' },
        'tbody tr': { display: 'block', padding: theme.spacing(1, 0) },
        'tbody th, tbody td': { display: 'block', padding: theme.spacing(0.25, 0) },
        'td[data-name]': { display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) },
        'td[data-name]::before': { content: 'attr(data-name)', ...quiet },
        'td[data-span]::before': { content: 'attr(data-span)', ...quiet },
        thead: { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
      },
    }),
    number: css({ '&&': { textAlign: 'right', whiteSpace: 'nowrap' } }),
    when: css({ width: '40%', [theme.breakpoints.down('md')]: { width: 'auto' } }),
    quiet: css(quiet),
  };
};
