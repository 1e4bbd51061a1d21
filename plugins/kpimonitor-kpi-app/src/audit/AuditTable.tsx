import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { TextLink, useStyles2 } from '@grafana/ui';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import type { AuditEntry } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { kpiAddress } from '../addresses';
import { momentText } from '../judgement/day-text';

interface Props {
  entries: AuditEntry[];
  catalogue: CatalogueAnswer | undefined;
}

/** The records, newest first; on a narrow screen a block each. */
export function AuditTable({ entries, catalogue }: Props) {
  const styles = useStyles2(getStyles);
  const names = new Map(catalogue?.kpis.map(({ id, name }) => [id, name]));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.when}>
            {t('audit.when', 'When')}
          </th>
          <th scope="col" className={styles.who}>
            {t('audit.who', 'Who')}
          </th>
          <th scope="col" className={styles.kpi}>
            {t('audit.kpi', 'KPI')}
          </th>
          <th scope="col">{t('audit.what', 'What')}</th>
          <th scope="col">{t('audit.why', 'Why')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ hash, time, user, role, client, kpi, action, what, reason }) => (
          <tr key={hash} title={t('audit.hash', 'Fingerprint {{hash}}', { hash, interpolation })}>
            <td>
              <time dateTime={new Date(time).toISOString()}>{momentText(time)}</time>
            </td>
            <td>
              {user}
              <div className={styles.quiet}>
                {t('audit.through', '{{role}}, through {{client}}', { role, client, interpolation })}
              </div>
            </td>
            <td>{kpi && <TextLink href={kpiAddress(kpi)}>{names.get(kpi) ?? kpi}</TextLink>}</td>
            <td>
              {what}
              <div className={styles.quiet}>{actionText(action)}</div>
            </td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is known by a word of ours; else as it was recorded. */
function actionText(action: string): string {
  switch (action) {
    case 'judgement.set':
      return t('action.set', 'changed what it is judged by');
    case 'judgement.reset':
      return t('action.reset', 'put it back to the catalogue');
    case 'alert.acknowledge':
      return t('action.acknowledge', 'acknowledged an alert');
    case 'alert.note':
      return t('action.note', 'wrote a note');
    case 'alert.withdraw':
      return t('action.withdraw', 'withdrew a note');
    default:
      return action;
  }
}

const getStyles = (theme: GrafanaTheme2) => {
  const isNarrow = theme.breakpoints.down('md');
  return {
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      fontVariantNumeric: 'tabular-nums',
      'th, td': { padding: theme.spacing(0.75, 1), textAlign: 'left', verticalAlign: 'top', overflowWrap: 'anywhere' },
      th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      'tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
      [isNarrow]: {
        display: 'block',
        tbody: { display: 'block' },
        'tbody tr': { display: 'block', padding: theme.spacing(1, 0) },
        td: { display: 'block', padding: theme.spacing(0.25, 0) },
        thead: { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
      },
    }),
    when: css({ width: 160 }),
    who: css({ width: 170 }),
    kpi: css({ width: 180 }),
    quiet: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
};
