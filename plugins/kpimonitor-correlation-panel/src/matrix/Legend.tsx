import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import type { CorrelationPalette } from '../palette';

import type { MatrixLayout } from './layout';

export const LEGEND_HEIGHT = 28;

const STEPS = [-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1];

interface Props {
  layout: MatrixLayout;
  palette: CorrelationPalette;
  hasLags: boolean;
}

/** What colours and arrows say. */
export function Legend({ layout, palette, hasLags }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.legend} aria-label={t('legend.label', 'Key')}>
      <li className={styles.entry}>
        <span>{t('legend.opposite', 'opposite −1')}</span>
        <span className={styles.ramp} aria-hidden="true">
          {STEPS.map((r) => (
            <span key={r} className={styles.step} style={{ background: palette.fill(r, true) }} />
          ))}
        </span>
        <span>{t('legend.together', '1 together')}</span>
      </li>
      <li className={styles.entry}>
        <span className={styles.ramp} aria-hidden="true">
          <span className={styles.step} style={{ background: palette.fill(-1, false) }} />
          <span className={styles.step} style={{ background: palette.fill(1, false) }} />
        </span>
        <span>{t('legend.chance', 'may be chance')}</span>
      </li>
      {hasLags && layout.lag !== 'none' && (
        <li className={styles.entry}>{t('legend.lag', '→ the KPI that it points to follows')}</li>
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 2),
    height: LEGEND_HEIGHT,
    margin: 0,
    padding: theme.spacing(1, 0, 0),
    overflow: 'hidden',
    listStyle: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: '20px',
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
  ramp: css({ display: 'inline-flex', gap: 1 }),
  step: css({ width: 12, height: 10, printColorAdjust: 'exact' }),
});
