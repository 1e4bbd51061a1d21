/** The top bar: what this is, that it is for trying, whose values these are, and light or dark. */
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, Icon, Tooltip, useStyles2, useTheme2 } from '@grafana/ui';

import { ActiveCount } from './alerting/active-count';
import { Navigation } from './navigation';

export function Header({ onSwitchTheme }: { onSwitchTheme: () => void }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { catalogue, version } = window.kpiMonitor;
  const now =
    catalogue.now === null ? '' : `, ${dateTimeFormat(catalogue.now, { timeZone: 'utc', format: 'MMMM YYYY' })}`;
  const other = theme.isLight ? 'dark' : 'light';
  return (
    <header className={styles.bar}>
      <a href="/" className={styles.product} aria-label="KPI Monitor: home">
        <Mark />
        KPI Monitor
      </a>
      <Navigation />
      <div className={styles.right}>
        <ActiveCount />
        {catalogue.demo && (
          <Tooltip content={`${catalogue.name}: every value is invented, to try things out`}>
            <span>
              <Badge text="Demo data" color="orange" />
            </span>
          </Tooltip>
        )}
        {catalogue.asOf === 'latest' && (
          <Tooltip content={`${catalogue.name} is an archive: its newest period plays “now”${now}`}>
            <span>
              <Badge text="Archive" color="blue" />
            </span>
          </Tooltip>
        )}
        <Tooltip
          content={`Version ${version}, standalone: one process to try, develop and demonstrate. The real home of these dashboards is Grafana, which has users, editing, and all of alerting.`}
        >
          <span className={styles.mode} tabIndex={0}>
            <Icon name="info-circle" size="sm" />
            <span className={styles.wide}>Standalone, for trying. Made for Grafana.</span>
            <span className={styles.narrow}>Standalone</span>
          </span>
        </Tooltip>
        <Tooltip content={`Switch to the ${other} theme`}>
          <button className={styles.theme} aria-label={`Switch to the ${other} theme`} onClick={onSwitchTheme}>
            <HalfDisc />
          </button>
        </Tooltip>
      </div>
    </header>
  );
}

/** Half dark, half light. */
function HalfDisc() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
    </svg>
  );
}

/** Three bars against a target line. */
function Mark() {
  const theme = useTheme2();
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <g fill={theme.colors.primary.main}>
        <rect x="2" y="11" width="4" height="7" rx="1" />
        <rect x="8" y="7" width="4" height="11" rx="1" />
        <rect x="14" y="4" width="4" height="14" rx="1" />
      </g>
      <path d="M1 7.5h18" stroke={theme.colors.text.primary} strokeWidth="1.5" strokeDasharray="2.5 1.5" />
    </svg>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    minHeight: theme.spacing(5),
    padding: theme.spacing(0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(0, 1), gap: theme.spacing(1) },
    '@media print': { display: 'none' },
  }),
  product: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    color: theme.colors.text.primary,
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  }),
  right: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginLeft: 'auto',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('sm')]: { gap: theme.spacing(0.5) },
  }),
  mode: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
  theme: css({
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: theme.spacing(4),
    height: theme.spacing(4),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'transparent',
    color: theme.colors.text.secondary,
    '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
  }),
  wide: css({ [theme.breakpoints.down('xl')]: { display: 'none' } }),
  narrow: css({
    [theme.breakpoints.up('xl')]: { display: 'none' },
    [theme.breakpoints.down('sm')]: { display: 'none' },
  }),
});
