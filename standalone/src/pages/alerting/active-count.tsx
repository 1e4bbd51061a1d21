/** In the header: how many alerts fire, and where to see them. Nothing while none does. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

import type { AlertingAnswer } from '../../services/alerting';
import { usePolled } from '../../services/use-alerting';

const EVERY = 30_000;

export function ActiveCount() {
  const styles = useStyles2(getStyles);
  const { value } = usePolled<AlertingAnswer>('/api/alerting', EVERY);
  if (!value || value.firing === 0) {
    return null;
  }
  const label = `${value.firing} active ${value.firing === 1 ? 'alert' : 'alerts'}`;
  return (
    <a href="/alerting" className={styles.count} aria-label={label} title={label}>
      <Icon name="bell" /> {value.firing}
    </a>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  count: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.error.text,
    fontWeight: theme.typography.fontWeightMedium,
  }),
});
