import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import type { RemarkAnswer } from '@kpi-monitor/model/query/handling-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { momentText } from '../judgement/day-text';

interface Props {
  remarks: readonly RemarkAnswer[];
  isBusy: boolean;
  onWithdraw(revision: number): void;
}

/** Acknowledgements and notes, newest first; what was withdrawn stays readable. */
export function Remarks({ remarks, isBusy, onWithdraw }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ol className={styles.list}>
      {remarks.map((remark) => (
        <li key={remark.revision} className={styles.entry}>
          <div>
            <time dateTime={new Date(remark.at).toISOString()}>{momentText(remark.at)}</time>
            <div className={styles.quiet}>{remark.by}</div>
          </div>
          <div>
            {remark.kind === 'acknowledgement' && (
              <p className={styles.text}>
                {t('remarks.acknowledged', 'Acknowledged: {{level}}', { level: remark.levelText, interpolation })}
              </p>
            )}
            {remark.text && <p className={remark.withdrawn ? styles.withdrawn : styles.text}>{remark.text}</p>}
            <p className={styles.quiet}>
              {remark.withdrawn
                ? t('remarks.withdrawn', 'withdrawn by {{by}}', { by: remark.withdrawn.by, interpolation })
                : remark.periodText}
            </p>
          </div>
          {remark.mayWithdraw && (
            <Button
              size="sm"
              variant="secondary"
              fill="text"
              disabled={isBusy}
              onClick={() => onWithdraw(remark.revision)}
            >
              {t('remarks.withdraw', 'Withdraw')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none' }),
  entry: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, 1fr) 3fr auto',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  text: css({ margin: 0, overflowWrap: 'anywhere' }),
  withdrawn: css({ margin: 0, overflowWrap: 'anywhere', textDecoration: 'line-through' }),
});
