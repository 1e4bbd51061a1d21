/** Alert rules as standalone evaluates them: what fires now, all rules with their instances, and the history. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, FilterInput, LoadingPlaceholder, Tab, TabContent, TabsBar, useStyles2 } from '@grafana/ui';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'react-router-dom';

import type { AlertingAnswer, GroupAnswer, RulesAnswer } from '../../services/alerting';
import { usePolled } from '../../services/use-alerting';

import { ActiveAlerts } from './active-alerts';
import { AlertHistory } from './alert-history';
import { RuleGroups } from './rule-groups';
import { headline } from './words';

const EVERY = 10_000;
/** of messages that were not delivered */
const SHOWN = 3;

const TABS = [
  ['', 'Active now'],
  ['rules', 'Rules'],
  ['history', 'History'],
] as const;

export function AlertingPage() {
  const styles = useStyles2(getStyles);
  const { search } = useLocation();
  const tab = new URLSearchParams(search).get('tab') ?? '';
  const [wanted, setWanted] = useState('');
  const rules = usePolled<RulesAnswer>('/api/prometheus/grafana/api/v1/rules', EVERY);
  const overview = usePolled<AlertingAnswer>('/api/alerting', EVERY);
  const groups = useMemo(() => narrowed(rules.value?.data.groups ?? [], wanted), [rules.value, wanted]);
  useEffect(() => {
    document.title = 'Alerting - KPI Monitor';
  }, []);

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Alerting</h1>
      <Notices overview={overview.value} failure={rules.error || overview.error} />
      <TabsBar>
        {TABS.map(([id, label]) => (
          <Tab
            key={label}
            label={label}
            active={tab === id}
            href={id ? `/alerting?tab=${id}` : '/alerting'}
            onChangeTab={(event) => {
              event?.preventDefault();
              locationService.push(id ? `/alerting?tab=${id}` : '/alerting');
            }}
          />
        ))}
      </TabsBar>
      <FilterInput placeholder="Search by KPI, rule or owner" value={wanted} onChange={setWanted} />
      <TabContent className={styles.content}>
        {tab === 'history' ? (
          <AlertHistory matches={(text) => matches(text, wanted)} />
        ) : !rules.value ? (
          !rules.error && <LoadingPlaceholder text="Loading" />
        ) : rules.value.data.groups.length === 0 ? (
          <p>There are no rules. Standalone evaluates the rule files in provisioning/alerting.</p>
        ) : groups.length === 0 ? (
          <p>No rule and no alert is called like that.</p>
        ) : tab === 'rules' ? (
          <RuleGroups groups={groups} />
        ) : (
          <ActiveAlerts groups={groups} />
        )}
      </TabContent>
      <Delivery overview={overview.value} />
    </div>
  );
}

function Notices({ overview, failure }: { overview: AlertingAnswer | null; failure: string }) {
  return (
    <>
      {failure && <Alert title="What is shown may be old: alert rules could not be read">{failure}</Alert>}
      {overview?.waiting && <Alert severity="info" title={overview.waiting} />}
      {overview && overview.problems.length > 0 && (
        <Alert severity="warning" title="Something is wrong with the rules">
          <ul>
            {overview.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      {overview && overview.undelivered.length > 0 && (
        <Alert severity="warning" title="Messages could not be delivered">
          <ul>
            {overview.undelivered.slice(0, SHOWN).map(({ channel, title, reason, givenUp }, i) => (
              <li key={i}>
                {title}, by {channel}: {reason} ({givenUp ? 'given up' : 'tried again'})
              </li>
            ))}
            {overview.undelivered.length > SHOWN && <li>and {overview.undelivered.length - SHOWN} more</li>}
          </ul>
        </Alert>
      )}
    </>
  );
}

function Delivery({ overview }: { overview: AlertingAnswer | null }) {
  const styles = useStyles2(getStyles);
  if (!overview) {
    return null;
  }
  const { channels } = overview;
  return (
    <p className={styles.note}>
      {channels.length > 0
        ? `News is told once, in one built-in text, by ${channels.join(' and by ')}.`
        : 'Nobody is told: set `mail` or `webhook` in kpi-monitor.yaml.'}{' '}
      Contact points, message templates, notification policies and mute timings are Grafana’s, where the same rule files
      are evaluated alike.
    </p>
  );
}

function matches(text: string, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** Rules that are called so, with all their instances, and of the others the instances that are. */
function narrowed(groups: readonly GroupAnswer[], wanted: string): GroupAnswer[] {
  if (!wanted.trim()) {
    return [...groups];
  }
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.flatMap((rule) => {
        if (matches([rule.name, group.name, ...Object.values(rule.labels)].join(' '), wanted)) {
          return [rule];
        }
        const alerts = rule.alerts.filter((alert) =>
          matches([headline(alert), ...Object.values(alert.labels)].join(' '), wanted)
        );
        return alerts.length > 0 ? [{ ...rule, alerts }] : [];
      }),
    }))
    .filter(({ rules }) => rules.length > 0);
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    width: '100%',
    maxWidth: theme.breakpoints.values.xl,
    margin: '0 auto',
    paddingTop: theme.spacing(2),
  }),
  title: css({ margin: 0 }),
  content: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(3), background: 'transparent' }),
  note: css({ color: theme.colors.text.secondary, maxWidth: 760 }),
});
