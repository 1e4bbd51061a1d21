import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { ledBy } from '../data/pair';
import { chanceWord, coefficientText, spanWords, strengthWord, waysWord } from '../words';

import type { Box } from './layout';

interface Props {
  /** where the matrix begins in the window */
  origin: { left: number; top: number };
  box: Box;
  pair: PairRow | null;
  names: [string, string];
  grain: Grain | undefined;
}

const GAP = 8;

/** What a cell says, beside it. */
export function CellTooltip({ origin, box, pair, names, grain }: Props) {
  const styles = useStyles2(getStyles);
  const led = pair && ledBy(pair);
  return (
    <Portal>
      <VizTooltipContainer
        position={{ x: origin.left + box.x + box.width, y: origin.top + box.y + box.height / 2 }}
        offset={{ x: GAP, y: GAP }}
        className={styles.tooltip}
        role="tooltip"
        aria-live="off"
      >
        <div className={styles.names}>{led ? `${led.firstName} · ${led.secondName}` : names.join(' · ')}</div>
        {pair?.r == null ? (
          <div>{t('tooltip.unknown', 'Cannot be compared: too few periods in common, or one does not vary')}</div>
        ) : (
          <>
            <div className={styles.number}>
              {coefficientText(pair.r)}{' '}
              <span className={styles.quiet}>
                {strengthWord(pair.r)}, {waysWord(pair.r)}
              </span>
            </div>
            {pair.significant && led!.shift > 0 && (
              <div>
                {t('tooltip.lag', '{{second}} follows {{span}} later', {
                  second: led!.secondName,
                  span: spanWords(led!.shift, grain),
                  interpolation,
                })}
              </div>
            )}
            <div className={styles.quiet}>
              {chanceWord(pair)} · {spanWords(pair.n, grain)}
            </div>
          </>
        )}
      </VizTooltipContainer>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({
    maxWidth: 320,
    fontSize: theme.typography.bodySmall.fontSize,
    pointerEvents: 'none',
    transition: 'none !important',
  }),
  names: css({ fontWeight: theme.typography.fontWeightMedium }),
  number: css({ fontSize: theme.typography.body.fontSize, fontVariantNumeric: 'tabular-nums' }),
  quiet: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
