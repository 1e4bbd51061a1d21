import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import type { ScoreRow } from '../data/row';
import { fullName, statusWord, usualWord } from '../words';

/** Everything that is known of a row, in full: what a card had to leave out is here. */
export function RowFacts({ row }: { row: ScoreRow }) {
  const styles = useStyles2(getStyles);
  const colors = statusPalette(useTheme2())[row.status];
  return (
    <div className={styles.facts}>
      <div className={styles.name}>{fullName(row)}</div>
      <div className={styles.status} style={{ color: colors.text }}>
        <StatusMark status={row.status} color={colors.mark} size={14} />
        {[statusWord(row.status), row.sinceText].filter(Boolean).join(' ')}
      </div>
      <dl className={styles.list}>
        {factsOf(row).map(([term, fact]) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {row.definition && <p className={styles.definition}>{row.definition}</p>}
    </div>
  );
}

/** Term and fact, in the order of their worth; what is not known is left out. */
export function factsOf(row: ScoreRow): Array<[string, string]> {
  const both = (a: string, b: string) => [a, b].filter(Boolean).join(', ');
  const facts: Array<[string, string]> = [
    [row.periodText || t('facts.value', 'Value'), row.valueText],
    [t('facts.restated', 'Corrected'), row.restatedText],
    [t('facts.target', 'Target'), both(row.targetText, row.gapText)],
    [
      t('facts.change', 'Change'),
      row.changeText &&
        both(`${row.changeText} ${row.comparisonText}`, row.changeSignal === 'usual' ? usualWord() : ''),
    ],
    [t('facts.reason', 'Not judged'), row.reason],
    [
      t('facts.so-far', '{{period}} so far', { period: row.openPeriodText, interpolation }),
      row.soFarText && both(row.soFarText, row.openTargetText && `${t('facts.of', 'of')} ${row.openTargetText}`),
    ],
    [t('facts.landing', 'Expected to land at'), row.landingText],
    [t('facts.outlook', 'Outlook'), row.outlookText],
    [t('facts.pace', 'Pace by'), row.paceBasis],
    [t('facts.data', 'Data'), row.ageText],
    [t('facts.source', 'Source'), row.source],
    [t('facts.owner', 'Owner'), row.owner],
  ];
  return facts.filter(([, fact]) => fact);
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({ width: 300, maxWidth: '80vw', fontSize: theme.typography.bodySmall.fontSize }),
  name: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
  status: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), margin: theme.spacing(0.5, 0, 1) }),
  list: css({ margin: 0 }),
  fact: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, 2fr) 3fr',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 0),
    '& dt': { color: theme.colors.text.secondary, fontWeight: 'normal', overflowWrap: 'anywhere' },
    '& dd': { margin: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
  }),
  definition: css({
    margin: theme.spacing(1, 0, 0),
    paddingTop: theme.spacing(1),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    color: theme.colors.text.secondary,
  }),
});
