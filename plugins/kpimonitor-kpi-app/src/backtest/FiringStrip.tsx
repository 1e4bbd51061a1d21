import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Firing } from '@kpi-monitor/model/query/backtest-answer';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import { momentText } from '../judgement/day-text';

interface Props {
  firings: readonly Firing[];
  /** of the rule */
  severity: string;
  from: number;
  to: number;
  /** what a reader hears of it */
  label: string;
}

/** When it fired, from the left to the right end of the range; one that was soon over is half as tall. */
export function FiringStrip({ firings, severity, from, to, label }: Props) {
  const styles = useStyles2(getStyles, severity);
  const part = (ms: number) => `${(100 * ms) / (to - from)}%`;
  return (
    <div role="img" aria-label={label} className={styles.strip}>
      {firings.map((firing) => (
        <span
          key={firing.from}
          title={`${momentText(firing.from)}: ${firing.durationText}`}
          className={styles.firing}
          style={{
            left: part(firing.from - from),
            width: part((firing.to ?? to) - firing.from),
            height: firing.isBrief ? '50%' : '100%',
          }}
        />
      ))}
    </div>
  );
}

/** Others, of a digest say, are no alarm, and have no colour of one. */
const SEVERITIES = new Set(['warning', 'critical', 'emergency']);

const getStyles = (theme: GrafanaTheme2, severity: string) => ({
  strip: css({
    position: 'relative',
    height: theme.spacing(2),
    minWidth: 120,
    borderBottom: `1px solid ${theme.colors.border.medium}`,
  }),
  firing: css({
    position: 'absolute',
    bottom: 0,
    minWidth: 2,
    background: SEVERITIES.has(severity)
      ? statusPalette(theme)[severity as 'critical'].mark
      : theme.colors.text.secondary,
    printColorAdjust: 'exact',
  }),
});
