import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Status } from '@kpi-monitor/model/status';
import type { ReactNode } from 'react';

import { statusPalette } from '../status-palette';
import { StatusMark } from '../StatusMark';

interface Props {
  mark?: Status;
  title: string;
  children?: ReactNode;
  /** fills the panel instead of standing above what is still there */
  isWhole?: boolean;
  role?: 'alert' | 'status';
}

/** A sentence in place of values, or above them: what is wrong or missing, and what to do about it. */
export function Note({ mark, title, children, isWhole, role = 'status' }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={cx(styles.note, isWhole && styles.whole)} role={role}>
      {mark && <StatusMark className={styles.mark} status={mark} color={styles.palette[mark].mark} size={16} />}
      <div>
        <div className={styles.title}>{title}</div>
        {children && <div className={styles.text}>{children}</div>}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  palette: statusPalette(theme),
  note: css({ display: 'flex', gap: theme.spacing(1), marginBottom: theme.spacing(1), overflowWrap: 'anywhere' }),
  whole: css({ maxWidth: 560, minHeight: '100%', margin: '0 auto', alignItems: 'center', justifyContent: 'center' }),
  mark: css({ flex: 'none', marginTop: 2 }),
  title: css({ fontWeight: theme.typography.fontWeightMedium }),
  text: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
