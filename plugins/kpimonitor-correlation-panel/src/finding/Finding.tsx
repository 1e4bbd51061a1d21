import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { Correlation } from '../data/read-correlation';
import type { View } from '../options';
import { comparedWord, grainWord, spanWords } from '../words';

interface Props {
  correlation: Correlation;
  view: View;
  onView: (view: View) => void;
  /** whether there is room for how it was done */
  hasMethod: boolean;
}

/** What was found in all pairs, what was compared and with which caution; and the turn from one view to the other. */
export function Finding({ correlation, view, onView, hasMethod }: Props) {
  const styles = useStyles2(getStyles);
  const { facts } = correlation;
  const views: Array<{ value: View; label: string }> = [
    { value: 'matrix', label: t('options.matrix', 'Matrix') },
    { value: 'ranked', label: t('options.ranked', 'Ranked') },
  ];
  return (
    <div className={styles.finding}>
      <div className={styles.words}>
        <div className={styles.headline}>{headline(correlation)}</div>
        {facts && (
          <div className={styles.method} title={facts.method}>
            {comparison(facts)}
            {hasMethod && facts.method && `. ${facts.method}`}
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
  return significant === 0
    ? t('finding.none', 'Nothing here moves together beyond chance')
    : t('finding.some', '{{significant}} of {{pairs}} pairs move together beyond chance', {
        significant,
        pairs: facts?.pairs ?? pairs.length,
      });
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
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(1),
  }),
  words: css({ flex: '1 1 160px', minWidth: 0 }),
  headline: css({ fontWeight: theme.typography.fontWeightMedium }),
  method: css({
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    maxWidth: '90ch',
    overflow: 'hidden',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  views: css({ flex: 'none', '@media print': { display: 'none' } }),
});
