import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { JudgementEdit } from '@kpi-monitor/model/query/judgement-answer';

import { LevelName } from '../judgement/LevelName';
import type { Unit } from '../judgement/value-text';

import { changesOf } from './changes';

/** Old and new values of an edit, a line each. */
export function ChangeLines({ edit, unit }: { edit: Pick<JudgementEdit, 'old' | 'new'>; unit: Unit }) {
  const styles = useStyles2(getStyles);
  const changes = changesOf(edit, unit);
  if (changes.length === 0) {
    return <>{t('change.nothing', 'Nothing changed')}</>;
  }
  return (
    <ul className={styles.list}>
      {changes.map((change) => (
        <li key={change.of} className={styles.line}>
          {change.of === 'target' ? t('kpis.target', 'Target') : <LevelName level={change.of} />}
          <span className={styles.values}>
            <span className={styles.old}>{change.old}</span>{' '}
            <span aria-label={t('changed.to', 'to')} role="img">
              →
            </span>{' '}
            {change.new}
          </span>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', fontVariantNumeric: 'tabular-nums' }),
  line: css({ display: 'grid', gridTemplateColumns: '90px 1fr', gap: theme.spacing(1) }),
  values: css({ overflowWrap: 'anywhere' }),
  old: css({ color: theme.colors.text.secondary }),
});
