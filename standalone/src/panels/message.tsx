/** What a panel shows instead of a picture: what went wrong and what to do, or that there is nothing to show. */
import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { Icon, useStyles2 } from '@grafana/ui';

type Props = Pick<PanelDataErrorViewProps, 'data' | 'message' | 'fieldConfig'>;

export function PanelMessage({ data, message, fieldConfig }: Props) {
  const styles = useStyles2(getStyles);
  const errors = data.errors ?? (data.error ? [data.error] : []);
  if (errors.length > 0) {
    const texts = [...new Set(errors.map((error) => error.message ?? error.data?.message ?? 'The query failed'))];
    return (
      <div className={styles.box} role="alert">
        <Icon name="exclamation-triangle" className={styles.icon} />
        <div>
          {texts.map((text) => (
            <p key={text} className={styles.text}>
              {text}
            </p>
          ))}
        </div>
      </div>
    );
  }
  if (data.state === LoadingState.Loading || data.state === LoadingState.NotStarted) {
    return null;
  }
  return (
    <div className={styles.box} role="status">
      <p className={styles.text}>{message ?? fieldConfig?.defaults.noValue ?? 'No data in this time range'}</p>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    height: '100%',
    padding: theme.spacing(1),
    overflow: 'auto',
    color: theme.colors.text.secondary,
  }),
  icon: css({ color: theme.colors.error.text, flexShrink: 0 }),
  text: css({ margin: 0, overflowWrap: 'anywhere' }),
});
