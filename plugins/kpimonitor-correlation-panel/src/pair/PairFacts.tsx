import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { chanceWord, coefficientText, probabilityText, spanWords, strengthWord, waysWord } from '../words';

interface Fact {
  term: string;
  word: string;
  /** the figures behind the word */
  exact: string;
}

/** How strong, from how much, and whether it is chance: in words, with the figures a hover away. */
export function PairFacts({ pair, grain }: { pair: PairRow; grain: Grain | undefined }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.facts}>
      {factsOf(pair, grain).map(({ term, word, exact }) => (
        <div key={term} className={styles.fact}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.word}>
            <Tooltip content={exact} placement="bottom">
              <span tabIndex={0} className={styles.more}>
                {word}
              </span>
            </Tooltip>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(pair: PairRow, grain: Grain | undefined): Fact[] {
  const digits = 4;
  const ways = pair.r === null ? '' : `, ${waysWord(pair.r)}`;
  return [
    {
      term: t('facts.strength', 'Strength'),
      word: pair.r === null ? '–' : strengthWord(pair.r) + ways,
      exact: t(
        'facts.strength-exact',
        'r = {{r}} at the best lag. At lag 0: Pearson {{pearson}}, Spearman {{spearman}}',
        {
          r: coefficientText(pair.r, digits),
          pearson: coefficientText(pair.pearson, digits),
          spearman: coefficientText(pair.spearman, digits),
          interpolation,
        }
      ),
    },
    {
      term: t('facts.chance', 'Chance'),
      word: chanceWord(pair),
      exact: t('facts.chance-exact', '{{p}} for this pair; {{q}} with all pairs that were tried', {
        p: probabilityText('p', pair.p),
        q: probabilityText('q', pair.q),
        interpolation,
      }),
    },
    {
      term: t('facts.evidence', 'Evidence'),
      word: spanWords(pair.n, grain),
      exact: t('facts.evidence-exact', 'n = {{n}} periods in which both have a value', { n: pair.n }),
    },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: theme.spacing(1, 0, 0),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  fact: css({ minWidth: 0 }),
  term: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  word: css({ margin: 0 }),
  more: css({
    textDecoration: `underline dotted ${theme.colors.text.secondary}`,
    textUnderlineOffset: 3,
    cursor: 'help',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 2 },
  }),
});
