import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { Correlation } from '../data/read-correlation';
import type { View } from '../options';
import { type Head, METHOD_WIDTH } from '../panel-layout';
import { comparedWord, grainWord, spanWords } from '../words';

interface Props {
  correlation: Correlation;
  view: View;
  onView: (view: View) => void;
  head: Head;
}

/** What was found in all pairs, what was compared and with which caution; and the turn from one view to the other. */
export function Finding({ correlation, view, onView, head }: Props) {
  const styles = useStyles2(getStyles);
  const { facts } = correlation;
  const { method, methodLines, isNarrow } = head;
  const views: Array<{ value: View; label: string }> = [
    { value: 'matrix', label: t('options.matrix', 'Matrix') },
    { value: 'ranked', label: t('options.ranked', 'Ranked') },
  ];
  return (
    <div className={cx(styles.finding, isNarrow && styles.narrow)}>
      <div className={isNarrow ? styles.wide : styles.words}>
        <div className={styles.headline} title={methodText(correlation)}>
          {headline(correlation)}
        </div>
        {facts && method !== 'none' && (
          <div className={styles.method} style={{ WebkitLineClamp: methodLines }} title={methodText(correlation)}>
            {method === 'whole' ? methodText(correlation) : comparison(facts)}
          </div>
        )}
      </div>
      <RadioButtonGroup
        size="sm"
        aria-label={t('options.view', 'View')}
        options={views}
        value={view}
        onChange={onView}
        className={styles.views}
      />
    </div>
  );
}

function headline({ facts, pairs }: Correlation): string {
  const significant = facts?.significant ?? pairs.filter((pair) => pair.significant).length;
  const all = facts?.pairs ?? pairs.length;
  if (all === 1 && significant === 1) {
    return t('finding.both', 'The two move with each other beyond chance');
  }
  return significant === 0
    ? t('finding.none', 'Nothing here moves together beyond chance')
    : t('finding.some', '{{significant}} of {{all}} pairs move with each other beyond chance', { significant, all });
}

/** What was compared, how, with which caution, and what was left out. */
export function methodText({ facts, remarks }: Correlation): string {
  const sentences = [facts && comparison(facts), facts?.method.replace(/\.$/, ''), ...remarks.map(capitalised)];
  return sentences
    .filter(Boolean)
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Changes from period to period, daily, up to 28 days apart` */
function comparison({ on, grain, maxLag }: NonNullable<Correlation['facts']>): string {
  const lags =
    maxLag > 0 && t('finding.lags', 'up to {{span}} apart', { span: spanWords(maxLag, grain), interpolation });
  return [comparedWord(on), grainWord(grain), lags].filter(Boolean).join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  finding: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(1),
  }),
  narrow: css({ flexDirection: 'column' }),
  words: css({ flex: '1 1 auto', width: 0, minWidth: 0 }),
  wide: css({ flex: 'none', width: '100%' }),
  headline: css({ fontWeight: theme.typography.fontWeightMedium }),
  method: css({
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    maxWidth: METHOD_WIDTH,
    lineHeight: '19px',
    overflow: 'hidden',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  views: css({ flex: 'none', '@media print': { display: 'none' } }),
});
