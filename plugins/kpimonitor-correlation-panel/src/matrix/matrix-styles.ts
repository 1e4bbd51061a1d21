import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Room around the cells for a ring. */
export const RING = 3;

export function matrixStyles(theme: GrafanaTheme2) {
  const { colors, spacing, typography } = theme;
  const over = { position: 'absolute', pointerEvents: 'none' } as const;
  return {
    matrix: css({
      position: 'relative',
      // Rings around cells at the edge have room here.
      margin: RING,
      fontSize: typography.bodySmall.fontSize,
    }),
    canvas: css({ position: 'absolute', left: 0, top: 0, printColorAdjust: 'exact' }),
    grid: css({
      position: 'absolute',
      left: 0,
      top: 0,
      cursor: 'pointer',
      touchAction: 'manipulation',
      // The ring is drawn around the cell that the keyboard stands on.
      '&&:focus, &&:focus-visible': { outline: 'none', boxShadow: 'none' },
      '&:focus-visible [role="gridcell"]': { outlineColor: colors.primary.border },
    }),
    current: css({ ...over, outline: '2px solid transparent', outlineOffset: 1 }),
    // A ring of two colours is seen on every cell.
    chosen: css({
      ...over,
      outline: `2px solid ${colors.text.maxContrast}`,
      boxShadow: `inset 0 0 0 1px ${colors.background.primary}`,
    }),
    pointed: css({
      ...over,
      outline: `1px solid ${colors.text.maxContrast}`,
      boxShadow: `inset 0 0 0 1px ${colors.background.primary}`,
    }),
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
