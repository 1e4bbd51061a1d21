import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export function matrixStyles(theme: GrafanaTheme2) {
  const { colors, spacing, typography } = theme;
  const over = { position: 'absolute', pointerEvents: 'none' } as const;
  return {
    grid: css({
      position: 'relative',
      overflow: 'hidden',
      fontSize: typography.bodySmall.fontSize,
      touchAction: 'manipulation',
      // The ring is drawn around the cell that the keyboard stands on.
      '&&:focus, &&:focus-visible': { outline: 'none', boxShadow: 'none' },
      '& canvas': { position: 'absolute', left: 0, top: 0, printColorAdjust: 'exact', cursor: 'pointer' },
      '&:focus-visible [role="gridcell"]': { outlineColor: colors.primary.border },
    }),
    current: css({ ...over, outline: '2px solid transparent', outlineOffset: 1 }),
    chosen: css({ ...over, outline: `2px solid ${colors.text.primary}` }),
    pointed: css({ ...over, outline: `1px solid ${colors.text.primary}` }),
    name: css({
      position: 'absolute',
      display: 'flex',
      alignItems: 'center',
      padding: spacing(0, 0.75),
      color: colors.text.secondary,
      whiteSpace: 'nowrap',
      'a&:hover': { color: colors.text.primary, textDecoration: 'underline' },
    }),
    told: css({ '&&': { color: colors.text.maxContrast, fontWeight: typography.fontWeightMedium } }),
    /** where names have no room of their own */
    floating: css({ background: colors.background.primary, pointerEvents: 'none' }),
  };
}
