import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { Landing } from '../data/forecast';
import { LINE_HEIGHT } from '../panel-layout';
import { rangeText, targetText, type Write } from '../words';

interface Props {
  landing: Landing;
  /** `November 2026` */
  period: string;
  /** the same in full, and more */
  told: string;
  write: Write;
  width: number;
}

/** Pixels from which there is room for the range, and for the period. */
const RANGE_FROM = 560;
const PERIOD_FROM = 300;

/** Where the open period lands, as numbers. */
export function LandingLine({ landing, period, told, write, width }: Props) {
  const styles = useStyles2(getStyles);
  const range = width >= RANGE_FROM ? rangeText(landing.lower90, landing.upper90, write) : '';
  const more = [
    range && t('landing.range', '90 % likely {{range}}', { range, interpolation }),
    landing.target !== null && targetText(landing.target, write),
  ].filter(Boolean);
  return (
    <div className={styles.line} title={told}>
      {width >= PERIOD_FROM && `${period}: `}
      <span className={styles.value}>{write(landing.expected)}</span>
      {more.map((text) => ` · ${text}`)}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    lineHeight: `${LINE_HEIGHT}px`,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
  }),
  value: css({ color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
});
