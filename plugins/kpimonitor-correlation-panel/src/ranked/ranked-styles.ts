import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** A list narrower than this has words below the bar. */
const NARROW = '@container ranked (max-width: 560px)';

export function rankedStyles(theme: GrafanaTheme2) {
  const { colors, spacing, typography } = theme;
  const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  const focus = { outline: `2px solid ${colors.primary.border}`, outlineOffset: -2 };
  return {
    question: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: spacing(0.5, 1),
      marginBottom: spacing(1),
      '& label': { margin: 0 },
    }),
    nothing: css({ margin: spacing(1, 0), color: colors.text.secondary }),
    list: css({
      maxWidth: 960,
      margin: 0,
      padding: 0,
      listStyle: 'none',
      containerType: 'inline-size',
      containerName: 'ranked',
      fontSize: typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    row: css({
      all: 'unset',
      boxSizing: 'border-box',
      display: 'grid',
      gridTemplateColumns: 'minmax(80px, 180px) minmax(60px, 1fr) 40px minmax(0, 260px)',
      alignItems: 'center',
      gap: spacing(0, 1.5),
      width: '100%',
      minHeight: 40,
      padding: spacing(0.5, 1),
      borderBottom: `1px solid ${colors.border.weak}`,
      cursor: 'pointer',
      '&:hover': { background: colors.action.hover },
      '&:focus-visible': focus,
      [NARROW]: { gridTemplateColumns: 'minmax(70px, 40%) minmax(30px, 1fr) 36px', minHeight: 52 },
    }),
    faint: css({ color: colors.text.secondary }),
    chosen: css({ background: colors.action.selected }),
    name: css({ minWidth: 0, fontSize: typography.body.fontSize }),
    track: css({ height: 10, minWidth: 0, background: colors.background.secondary }),
    bar: css({
      display: 'block',
      boxSizing: 'border-box',
      height: '100%',
      border: '1px solid',
      printColorAdjust: 'exact',
    }),
    number: css({ textAlign: 'right' }),
    words: css({
      minWidth: 0,
      [NARROW]: { display: 'flex', flexWrap: 'wrap', columnGap: spacing(1.5), gridColumn: '1 / -1' },
    }),
    line: css({ ...cut, display: 'block' }),
    quiet: css({ color: colors.text.secondary }),
    fold: css({
      all: 'unset',
      margin: spacing(1, 0),
      padding: spacing(0.5, 1),
      color: colors.text.secondary,
      fontSize: typography.bodySmall.fontSize,
      cursor: 'pointer',
      '&:hover': { color: colors.text.primary },
      '&:focus-visible': focus,
    }),
  };
}
