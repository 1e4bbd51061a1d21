/** Rules by group, each with its state, how it is evaluated, and its instances on demand. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Badge, Icon, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';

import type { GroupAnswer, RuleAnswer } from '../../services/alerting';

import { InstanceList } from './instance-list';
import { Moment } from './moment';
import { StateLabel } from './state-label';
import { byWorst, spanText, stateOf, wordsOf } from './words';

export function RuleGroups({ groups }: { groups: readonly GroupAnswer[] }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {groups.map(({ name, file, interval, rules }) => (
        <section key={`${file}/${name}`} aria-label={name} className={styles.group}>
          <h2 className={styles.title}>
            {name}{' '}
            <span className={styles.secondary}>
              in {file}, evaluated every {spanText(interval * 1000)}
            </span>
          </h2>
          <ul className={styles.list}>
            {rules.map((rule) => (
              <li key={rule.uid} className={styles.rule}>
                <Rule rule={rule} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Rule({ rule }: { rule: RuleAnswer }) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const body = useId();
  const { severity, about } = rule.labels;
  return (
    <>
      <button className={styles.head} aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'angle-down' : 'angle-right'} />
        <span className={styles.state}>
          <StateLabel state={worstOf(rule)} />
        </span>
        <span className={styles.name}>
          {rule.name}
          {about && <span className={styles.secondary}>, on {about}</span>}
        </span>
        <span className={styles.counts}>{countsOf(rule)}</span>
        <span className={styles.badges}>
          {severity && <Badge text={severity} color={severity === 'warning' ? 'orange' : 'purple'} />}
          {rule.isPaused && <Badge text="paused" color="blue" />}
        </span>
      </button>
      {rule.lastError && (
        <div className={styles.failure}>
          <Alert severity="error" title="The last evaluation failed">
            {rule.lastError}
          </Alert>
        </div>
      )}
      <div id={body} hidden={!open} className={styles.body}>
        <p className={styles.secondary}>{timingOf(rule)}</p>
        {open && rule.alerts.length > 0 && <InstanceList rule={rule} alerts={rule.alerts} />}
        {open && rule.alerts.length === 0 && <p>It has no instances{isEvaluated(rule) ? '' : ' yet'}.</p>}
      </div>
    </>
  );
}

function timingOf(rule: RuleAnswer) {
  return (
    <>
      Fires {rule.duration > 0 ? `after ${spanText(rule.duration * 1000)}` : 'at once'}
      {rule.keepFiringFor > 0 && `, is resolved after ${spanText(rule.keepFiringFor * 1000)} of recovery`}.{' '}
      {isEvaluated(rule) ? (
        <>
          Last evaluated <Moment at={rule.lastEvaluation} /> in {Math.round(rule.evaluationTime * 1000)} ms;{' '}
          {HEALTH[rule.health]}.
        </>
      ) : rule.isPaused ? (
        'It is paused.'
      ) : (
        'Not evaluated yet.'
      )}
    </>
  );
}

const HEALTH: Record<RuleAnswer['health'], string> = {
  ok: 'its health is good',
  nodata: 'it had no data',
  error: 'it failed',
  unknown: 'its health is not known',
};

function isEvaluated({ lastEvaluation }: RuleAnswer): boolean {
  return !lastEvaluation.startsWith('0001');
}

function worstOf({ alerts }: RuleAnswer): string {
  return alerts
    .map(({ state }) => stateOf(state).state)
    .reduce((worst, state) => (wordsOf(state).rank < wordsOf(worst).rank ? state : worst), 'Normal');
}

/** `2 firing, 14 normal` */
function countsOf({ alerts }: RuleAnswer): string {
  const counts = new Map<string, number>();
  for (const { state } of [...alerts].sort(byWorst)) {
    const { word } = wordsOf(stateOf(state).state);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`).join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  group: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  title: css({ fontSize: theme.typography.h5.fontSize, margin: 0 }),
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  rule: css({ background: theme.colors.background.primary, borderRadius: theme.shape.radius.default }),
  head: css({
    display: 'grid',
    gridTemplateColumns: '16px 140px minmax(0, 1fr) auto 90px',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    width: '100%',
    padding: theme.spacing(1, 1.5),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'transparent',
    color: theme.colors.text.primary,
    textAlign: 'left',
    '&:hover': { background: theme.colors.action.hover },
    [theme.breakpoints.down('md')]: { gridTemplateColumns: '16px minmax(0, 1fr) auto' },
  }),
  state: css({ [theme.breakpoints.down('md')]: { gridColumn: 2, gridRow: 1 } }),
  name: css({
    fontWeight: theme.typography.fontWeightMedium,
    [theme.breakpoints.down('md')]: { gridColumn: '2 / -1', gridRow: 2 },
  }),
  counts: css({
    color: theme.colors.text.secondary,
    [theme.breakpoints.down('md')]: { gridColumn: '2 / -1', gridRow: 3 },
  }),
  badges: css({
    display: 'flex',
    gap: theme.spacing(0.5),
    justifyContent: 'flex-end',
    [theme.breakpoints.down('md')]: { gridColumn: 3, gridRow: 1 },
  }),
  failure: css({ padding: theme.spacing(0, 1.5), overflowWrap: 'anywhere' }),
  body: css({
    padding: theme.spacing(0, 1.5, 1, 4),
    [theme.breakpoints.down('md')]: { paddingLeft: theme.spacing(1.5) },
  }),
  secondary: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular, margin: 0 }),
});
