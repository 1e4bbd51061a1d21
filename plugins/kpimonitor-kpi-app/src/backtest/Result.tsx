import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { BacktestAnswer } from '@kpi-monitor/model/query/backtest-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { findingText } from './finding';
import { InstanceTable } from './InstanceTable';

/** The finding, what it rests on, and what to bear in mind. */
export function Result({ answer }: { answer: BacktestAnswer }) {
  const styles = useStyles2(getStyles);
  return (
    <section aria-label={t('backtest.result', 'What the back-test found')}>
      <h2 className={styles.title}>{answer.rule.title}</h2>
      <p role="status" className={styles.finding}>
        {findingText(answer)}
      </p>
      {answer.leads?.text && <p>{sentence(answer.leads.text)}</p>}
      {answer.instances.length > 0 && <InstanceTable answer={answer} />}
      <div className={styles.notes}>
        <p>
          {t('backtest.evaluated', 'Evaluated {{evaluations}} times. Bear in mind:', {
            evaluations: answer.evaluations,
            interpolation,
          })}
        </p>
        <ul>
          {answer.notes.map((note) => (
            <li key={note}>{sentence(note)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function sentence(text: string): string {
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(1, 0, 0.5), fontSize: theme.typography.body.fontSize }),
  finding: css({ fontSize: theme.typography.h4.fontSize, margin: theme.spacing(0, 0, 2) }),
  notes: css({
    marginTop: theme.spacing(2),
    maxWidth: '80ch',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    p: { margin: 0 },
    ul: { paddingLeft: theme.spacing(2.5) },
  }),
});
