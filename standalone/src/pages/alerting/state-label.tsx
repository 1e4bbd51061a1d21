/** A state by word, icon and colour, never by colour alone. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

import { reasonText, stateOf, wordsOf } from './words';

export function StateLabel({ state: text }: { state: string }) {
  const styles = useStyles2(getStyles);
  const { state, reason } = stateOf(text);
  const { word, icon, tone } = wordsOf(state);
  return (
    <span className={styles.label}>
      <span className={state === 'Normal' ? styles.calm : styles[tone]}>
        <Icon name={icon} /> {word}
      </span>
      {reason && <span className={styles.reason}>{reasonText(reason)}</span>}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const word = {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  } as const;
  return {
    label: css({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: theme.spacing(1) }),
    error: css({ ...word, color: theme.colors.error.text }),
    warning: css({ ...word, color: theme.colors.warning.text }),
    info: css({ ...word, color: theme.colors.info.text }),
    success: css({ ...word, color: theme.colors.success.text }),
    calm: css({ ...word, color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
    reason: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
};
