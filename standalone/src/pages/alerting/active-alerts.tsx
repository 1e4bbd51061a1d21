/** What fires now, of all rules, worst first: the answer before the evidence. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

import type { GroupAnswer } from '../../services/alerting';

import { InstanceList } from './instance-list';
import { stateOf } from './words';

export function ActiveAlerts({ groups }: { groups: readonly GroupAnswer[] }) {
  const styles = useStyles2(getStyles);
  const rules = groups.flatMap(({ rules: all }) => all);
  const active = rules.flatMap(({ alerts }) => alerts.filter(({ state }) => stateOf(state).state !== 'Normal'));
  return (
    <section aria-label="Active now" className={styles.section}>
      {active.length > 0 ? (
        <InstanceList rule={null} alerts={active} />
      ) : (
        <p className={styles.calm}>
          <Icon name="check" /> Nothing fires, and nothing is about to.
        </p>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    background: theme.colors.background.primary,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(0, 1.5),
    '& > ul > li:first-of-type': { borderTop: 'none' },
  }),
  calm: css({ margin: theme.spacing(1.5, 0), color: theme.colors.text.secondary }),
});
