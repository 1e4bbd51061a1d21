import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { type Forecast, isKnown } from '../data/forecast';
import { periodText, rangeText, type Write } from '../words';

interface Props {
  forecast: Forecast;
  /** of the forecast's columns */
  row: number;
  write: Write;
  timeZone: string;
}

/** What is known and expected of one period. */
export function PeriodTooltip({ forecast, row, write, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const { facts, times } = forecast;
  const time = times[row];
  if (time === undefined) {
    return null;
  }
  const marks = facts.marks.filter((mark) => mark.time === time);
  return (
    <div className={styles.box}>
      <div className={styles.period}>{periodText(time, facts.grain, timeZone)}</div>
      <dl className={styles.facts}>
        {factsOf(forecast, row, write).map(([term, text]) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {marks.map(({ kind, text }) => (
        <div key={kind + text} className={styles.mark}>
          <span aria-hidden="true">{kind === 'anomaly' ? '○' : '|'}</span> {text}
        </div>
      ))}
    </div>
  );
}

export function factsOf(forecast: Forecast, row: number, write: Write): Array<[term: string, text: string]> {
  const { facts, times, value, forecast: expected, lower50, upper50, lower90, upper90, target } = forecast;
  const one = (known: number | null | undefined) => (isKnown(known) ? write(known) : '');
  const isOver = times[row]! < facts.now;
  const rows: Array<[string, string]> = [
    [isOver ? t('tooltip.actual', 'Actual') : t('tooltip.so-far', 'So far'), one(value[row])],
    [t('tooltip.expected', 'Expected'), one(expected[row])],
    [t('tooltip.half', '50 % likely'), rangeText(lower50[row] ?? null, upper50[row] ?? null, write)],
    [t('tooltip.range', '90 % likely'), rangeText(lower90[row] ?? null, upper90[row] ?? null, write)],
    [t('chart.target', 'Target'), one(target[row])],
  ];
  return rows.filter(([, text]) => text);
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    padding: theme.spacing(1),
    maxWidth: 320,
    whiteSpace: 'normal',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  period: css({ fontWeight: theme.typography.fontWeightMedium, marginBottom: theme.spacing(0.5) }),
  facts: css({ margin: 0 }),
  fact: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums', textAlign: 'right' },
  }),
  mark: css({ marginTop: theme.spacing(0.5) }),
});
