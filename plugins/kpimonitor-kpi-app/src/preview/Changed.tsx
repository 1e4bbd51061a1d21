import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { PreviewRow } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { LevelName, wordOf } from '../judgement/LevelName';

const SHOWN = 12;

/** The periods that would have stood otherwise, newest first. */
export function Changed({ rows }: { rows: PreviewRow[] }) {
  const styles = useStyles2(getStyles);
  const changed = rows.filter(({ level, levelThen }) => level !== levelThen).toReversed();
  if (changed.length === 0) {
    return <p className={styles.none}>{t('changed.none', 'No period would have stood otherwise.')}</p>;
  }
  const rest = changed.length - SHOWN;
  return (
    <>
      <h3 className={styles.title}>{t('changed.title', 'What would have stood otherwise')}</h3>
      <ul className={styles.list}>
        {changed.slice(0, SHOWN).map(({ period, periodText, valueText, level, levelThen }) => (
          <li key={period}>
            <span>{periodText}</span> <span className={styles.value}>{valueText}</span>
            <span className={styles.levels}>
              <LevelName level={wordOf(level)} />
              <span aria-label={t('changed.to', 'to')}>→</span>
              <LevelName level={wordOf(levelThen)} />
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.none}>{t('changed.rest', 'and {{rest}} more', { rest, interpolation })}</p>}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(2, 0, 0.5), fontSize: theme.typography.body.fontSize }),
  list: css({
    listStyle: 'none',
    fontVariantNumeric: 'tabular-nums',
    '& > li': {
      display: 'grid',
      gridTemplateColumns: 'minmax(110px, 1fr) minmax(90px, 1fr) minmax(0, 2fr)',
      gap: theme.spacing(0, 1.5),
      padding: theme.spacing(0.25, 0),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    },
  }),
  value: css({ textAlign: 'right' }),
  levels: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1) }),
  none: css({ margin: theme.spacing(1, 0, 0), color: theme.colors.text.secondary }),
});
