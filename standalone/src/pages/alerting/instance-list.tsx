/** The instances of a rule, worst first: state, what it is about, value, since when, and all that is said of it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';

import type { AlertAnswer, RuleAnswer } from '../../services/alerting';

import { Moment } from './moment';
import { StateLabel } from './state-label';
import { byWorst, detailOf, headline, labelText } from './words';

interface Props {
  /** null for a list of several rules, in which each instance names its own */
  rule: Pick<RuleAnswer, 'name' | 'labels'> | null;
  alerts: readonly AlertAnswer[];
}

export function InstanceList({ rule, alerts }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={rule ? `Instances of ${rule.name}` : 'Alerts of all rules'}>
      {[...alerts].sort(byWorst).map((alert) => (
        <li key={JSON.stringify(alert.labels)} className={styles.item}>
          <Instance rule={rule} alert={alert} />
        </li>
      ))}
    </ul>
  );
}

/** What has its own place, or is said by the link. */
const PLACED = ['summary', 'link', 'value'];

function Instance({ rule, alert }: { rule: Props['rule']; alert: AlertAnswer }) {
  const styles = useStyles2(getStyles);
  const detail = detailOf(alert);
  const texts = Object.entries(alert.annotations).filter(([name]) => !PLACED.includes(name));
  const value = alert.annotations.value ?? alert.value;
  const normal = alert.state.startsWith('Normal');
  return (
    <>
      <div className={styles.row}>
        <span className={styles.state}>
          <StateLabel state={alert.state} />
        </span>
        <span className={styles.what}>
          {detail ? (
            <TextLink href={detail} inline={false} color="primary">
              {headline(alert)}
            </TextLink>
          ) : (
            headline(alert)
          )}
          {!rule && <span className={styles.rule}>{ruleText(alert)}</span>}
        </span>
        <span className={styles.value}>{value}</span>
        <span className={styles.since}>
          <Moment at={alert.activeAt} />
        </span>
      </div>
      <details className={styles.more}>
        <summary>{normal ? 'Labels and texts' : 'All that is known'}</summary>
        <dl className={styles.texts}>
          {texts.map(([name, text]) => (
            <div key={name} className={styles.pair}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          <div className={styles.pair}>
            <dt>labels</dt>
            <dd>{labelText(alert.labels, rule ?? undefined) || 'none of its own'}</dd>
          </div>
        </dl>
      </details>
    </>
  );
}

/** `KPI digest, warning, on forecast` */
function ruleText({ labels: { alertname = '', severity, about } }: AlertAnswer): string {
  return [alertname, severity, about && `on ${about}`].filter(Boolean).join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0 }),
  item: css({
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  row: css({
    display: 'grid',
    gridTemplateColumns: '140px minmax(0, 1fr) minmax(80px, auto) 160px',
    columnGap: theme.spacing(2),
    alignItems: 'baseline',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'auto minmax(0, 1fr)', rowGap: theme.spacing(0.5) },
  }),
  state: css({ [theme.breakpoints.down('md')]: { gridColumn: 1 } }),
  what: css({
    minWidth: 0,
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('md')]: { gridColumn: '1 / -1', gridRow: 2 },
  }),
  rule: css({
    display: 'block',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  value: css({
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('md')]: { whiteSpace: 'normal' },
  }),
  since: css({
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('md')]: { gridColumn: '1 / -1' },
  }),
  more: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    '& summary': { cursor: 'pointer', width: 'max-content' },
  }),
  texts: css({ margin: theme.spacing(0.5, 0, 0), maxWidth: 900 }),
  pair: css({
    display: 'grid',
    gridTemplateColumns: '110px minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, color: theme.colors.text.primary, overflowWrap: 'anywhere' },
  }),
});
