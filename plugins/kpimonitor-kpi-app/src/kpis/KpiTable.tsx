import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, TextLink, useStyles2 } from '@grafana/ui';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { kpiAddress } from '../addresses';
import { LevelName } from '../judgement/LevelName';
import { levelText, targetText } from '../judgement/value-text';

import type { ListedCategory, ListedKpi } from './listed';

const LEVELS = ['warning', 'critical', 'emergency'] as const;

/** The KPIs of a category, a line each; on a narrow screen a block each. */
export function KpiTable({ category }: { category: ListedCategory }) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{category.name}</caption>
      <thead className={styles.head}>
        <tr>
          <th scope="col">{t('kpis.kpi', 'KPI')}</th>
          <th scope="col">{t('kpis.target', 'Target')}</th>
          {LEVELS.map((level) => (
            <th key={level} scope="col">
              <LevelName level={level} />
            </th>
          ))}
          <th scope="col">{t('kpis.owner', 'Owner')}</th>
        </tr>
      </thead>
      <tbody>
        {category.kpis.map((one) => (
          <Line key={one.kpi.id} {...one} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ kpi, judgement }: ListedKpi) {
  const styles = useStyles2(getStyles);
  return (
    <tr className={styles.line}>
      <th scope="row">
        <TextLink href={kpiAddress(kpi.id)} inline={false}>
          {kpi.name}
        </TextLink>
        {judgement?.isOverridden && <Changed edited={judgement.edited} />}
      </th>
      <td>
        <span className={styles.label}>{t('kpis.target', 'Target')}</span>
        {judgement && targetText(judgement.inForce)}
      </td>
      {LEVELS.map((level) => (
        <td key={level}>
          <span className={styles.label}>
            <LevelName level={level} />
          </span>
          {judgement && levelText(judgement.inForce, level, kpi)}
        </td>
      ))}
      <td className={styles.owner}>
        <span className={styles.label}>{t('kpis.owner', 'Owner')}</span>
        {kpi.owner}
      </td>
    </tr>
  );
}

function Changed({ edited }: { edited: { time: number; user: string } | null }) {
  const tooltip = edited
    ? t('kpis.changed-by', 'by {{user}} on {{date}}', {
        user: edited.user,
        date: dateTimeFormat(edited.time, { format: 'D MMM YYYY' }),
        interpolation,
      })
    : undefined;
  return <Badge color="blue" text={t('kpis.changed', 'Changed here')} tooltip={tooltip} />;
}

const getStyles = (theme: GrafanaTheme2) => {
  const isNarrow = theme.breakpoints.down('md');
  const secondary = { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular };
  return {
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      'th, td': { padding: theme.spacing(0.75, 1), textAlign: 'left', verticalAlign: 'top', overflowWrap: 'anywhere' },
      [isNarrow]: { display: 'block', 'tbody, caption': { display: 'block' } },
    }),
    caption: css({
      captionSide: 'top',
      padding: theme.spacing(1),
      color: theme.colors.text.primary,
      fontSize: theme.typography.h5.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    head: css({
      th: { ...secondary, fontSize: theme.typography.bodySmall.fontSize },
      'th:first-child': { width: '22%' },
      'th:last-child': { width: '24%' },
      [isNarrow]: { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
    }),
    line: css({
      borderTop: `1px solid ${theme.colors.border.weak}`,
      '&:hover': { background: theme.colors.action.hover },
      'th > *': { marginRight: theme.spacing(1) },
      [isNarrow]: {
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
        padding: theme.spacing(1, 0),
        'th, td': { display: 'block', padding: theme.spacing(0.25, 1) },
        th: { gridColumn: '1 / -1' },
      },
    }),
    label: css({
      display: 'none',
      [isNarrow]: { ...secondary, display: 'block', fontSize: theme.typography.bodySmall.fontSize },
    }),
    owner: css({ color: theme.colors.text.secondary }),
  };
};
