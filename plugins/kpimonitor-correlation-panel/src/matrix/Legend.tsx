import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { CorrelationPalette } from '../palette';
import { spanWords } from '../words';

import type { MatrixLayout } from './layout';
import type { DrawnCell } from './paint';

const LINE = 22;
/** Pixels of all its entries beside each other, about. */
const LENGTH = 720;

export function legendHeight(width: number): number {
  return 8 + LINE * Math.ceil(LENGTH / width);
}

const STEPS = [-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1];

interface Props {
  layout: MatrixLayout;
  palette: CorrelationPalette;
  grain: Grain | undefined;
  cells: readonly DrawnCell[];
}

/** What colours and arrows say. */
export function Legend({ layout, palette, grain, cells }: Props) {
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
      {cells.some(({ lag }) => lag > 0) && layout.lag !== 'none' && (
        <li>
          {layout.lag === 'arrow'
            ? t('legend.arrow', '→ points at the KPI that follows')
            : t('legend.lag', '→3 the KPI it points at follows {{span}} later', {
                span: spanWords(3, grain),
                interpolation,
              })}
        </li>
      )}
      {layout.hasCorners && cells.some(({ significant, sharesInputs }) => significant && sharesInputs) && (
        <li className={styles.entry}>
          <span
            className={cx(styles.step, styles.cut)}
            style={{ background: palette.fill(1, true) }}
            aria-hidden="true"
          />
          {t('legend.arithmetic', 'computed from the same values')}
        </li>
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 2),
    margin: 0,
    padding: theme.spacing(1, 0, 0),
    listStyle: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: '20px',
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
  ramp: css({ display: 'inline-flex', gap: 1 }),
  cut: css({ clipPath: 'polygon(0 0, 50% 0, 100% 60%, 100% 100%, 0 100%)' }),
  step: css({ width: 12, height: 10, printColorAdjust: 'exact' }),
});
