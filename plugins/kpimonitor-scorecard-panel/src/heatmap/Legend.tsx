import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import { countStatuses } from '../data/groups';
import type { ScoreRow } from '../data/row';
import { countWords } from '../words';

/** The statuses that are seen, with their marks and how many there are of each. */
export function Legend({ rows }: { rows: readonly ScoreRow[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.legend}>
      {countStatuses(rows).map(([status, count]) => (
        <li key={status} className={styles.entry}>
          <StatusMark status={status} color={styles.palette[status].mark} size={12} />
          {countWords(status, count)}
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  palette: statusPalette(theme),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
});
