import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import type { ScoreRow } from '../data/row';
import { usualWord } from '../words';

const ARROWS: Record<-1 | 0 | 1, string> = { 1: 'M4 1 8 8H0Z', [-1]: 'M4 8 0 1H8Z', 0: 'M0 3.5H8V5.5H0Z' };

/** `▼ -3.2 % against January`, coloured by whether it is good, and only once it is known to be a signal. */
export function ChangeLine({ row }: { row: ScoreRow }) {
  const styles = useStyles2(getStyles);
  if (!row.changeText) {
    return null;
  }
  return (
    <span className={styles.line}>
      <span className={styles[row.changeSense]}>
        {row.changeSign !== null && (
          <svg className={styles.arrow} width={8} height={9} aria-hidden="true" focusable="false">
            <path d={ARROWS[row.changeSign]} fill="currentColor" />
          </svg>
        )}
        {row.changeText}
      </span>{' '}
      {row.comparisonText}
      {row.changeSignal === 'usual' && `, ${usualWord()}`}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  arrow: css({ marginRight: 4 }),
  good: css({ color: theme.colors.success.text }),
  bad: css({ color: statusPalette(theme).critical.text }),
  neutral: css({ color: theme.colors.text.primary }),
});
