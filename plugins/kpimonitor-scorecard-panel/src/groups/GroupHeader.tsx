import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import type { Group } from '../data/groups';
import { countWords, statusWord } from '../words';

/** A group's name, how its worst headline KPI stands, and how many of its KPIs have each status. */
export function GroupHeader({ group }: { group: Group }) {
  const styles = useStyles2(getStyles);
  const { title, headline, counts } = group;
  const isTelling = headline && headline.status !== 'normal';
  return (
    <div className={styles.header}>
      <h3 className={styles.title}>{title}</h3>
      {isTelling && (
        <span className={styles.headline}>
          <StatusMark status={headline.status} color={styles.marks[headline.status]} size={14} />
          <span>
            {headline.name}{' '}
            <span style={{ color: styles.words[headline.status] }}>{statusWord(headline.status).toLowerCase()}</span>
          </span>
        </span>
      )}
      <span className={styles.counts}>
        {counts.map(([status, count]) => (
          <span
            key={status}
            className={styles.count}
            role="img"
            aria-label={countWords(status, count)}
            title={countWords(status, count)}
          >
            {count}
            <StatusMark status={status} color={styles.marks[status]} size={12} />
          </span>
        ))}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const palette = statusPalette(theme);
  const pick = (part: 'mark' | 'text') =>
    Object.fromEntries(Object.entries(palette).map(([status, colors]) => [status, colors[part]])) as Record<
      keyof typeof palette,
      string
    >;
  return {
    marks: pick('mark'),
    words: pick('text'),
    header: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(2),
      margin: theme.spacing(2, 0, 1),
      fontSize: theme.typography.bodySmall.fontSize,
      breakAfter: 'avoid',
      'section:first-of-type > &': { marginTop: 0 },
    }),
    title: css({
      margin: 0,
      fontSize: theme.typography.body.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    headline: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75) }),
    counts: css({
      display: 'inline-flex',
      gap: theme.spacing(1.5),
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    }),
    count: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  };
};
