import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { JudgementAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { dayText } from './day-text';
import { LevelName } from './LevelName';
import { levelText, targetText } from './value-text';

const LEVELS = ['warning', 'critical', 'emergency'] as const;

/** What holds now, beside what the catalogue says where that is something else, and what is to come. */
export function InForce({ answer }: { answer: JudgementAnswer }) {
  const styles = useStyles2(getStyles);
  const { inForce, catalogue, isOverridden, planned } = answer;
  const columns = isOverridden ? [inForce, catalogue] : [inForce];
  return (
    <section aria-label={t('in-force.label', 'What holds now')}>
      <h2 className={styles.title}>{t('in-force.label', 'What holds now')}</h2>
      <table className={styles.table}>
        <thead className={isOverridden ? undefined : styles.hidden}>
          <tr>
            <td />
            <th scope="col">{t('in-force.now', 'Now')}</th>
            {isOverridden && <th scope="col">{t('in-force.catalogue', 'In the catalogue')}</th>}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('kpis.target', 'Target')}</th>
            {columns.map((values, index) => (
              <td key={index}>{targetText(values)}</td>
            ))}
          </tr>
          {LEVELS.map((level) => (
            <tr key={level}>
              <th scope="row">
                <LevelName level={level} />
              </th>
              {columns.map((values, index) => (
                <td key={index}>{levelText(values, level, answer)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!isOverridden && <p className={styles.note}>{t('in-force.as-catalogue', 'As the catalogue says.')}</p>}
      {planned.map(({ revision, from, user, time, reason }) => (
        <p key={revision} className={styles.note}>
          {t('in-force.planned', 'Changes on {{from}}: {{user}} set that on {{on}}, “{{reason}}”', {
            from: dayText(from),
            on: dateTimeFormat(time, { format: 'D MMM YYYY' }),
            user,
            reason,
            interpolation,
          })}
        </p>
      ))}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(0, 0, 1), fontSize: theme.typography.h4.fontSize }),
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.25, 1, 0.25, 0), textAlign: 'left', verticalAlign: 'top' },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    'tbody td:nth-child(2)': { fontWeight: theme.typography.fontWeightMedium },
  }),
  hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  note: css({ margin: theme.spacing(1, 0, 0), color: theme.colors.text.secondary }),
});
