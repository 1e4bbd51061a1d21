import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import { valueParts } from '../data/value-text';

/**
 * A number whose decimal separator stands at the same place in every row: what follows it is set in a box of a fixed
 * width, left-aligned, at the end of a right-aligned cell.
 */
export function AlignedValue({ text, decimals }: { text: string; decimals: number }) {
  const styles = useStyles2(getStyles);
  const { before, whole, fraction, after } = valueParts(text, decimals);
  return (
    <span className={styles.value}>
      {before}
      {whole}
      <span className={styles.behind}>
        {fraction}
        <span className={styles.unit}>{after}</span>
      </span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  value: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  // Three figures or a unit of a few letters.
  behind: css({ display: 'inline-block', minWidth: '5ch', textAlign: 'left' }),
  unit: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
});
