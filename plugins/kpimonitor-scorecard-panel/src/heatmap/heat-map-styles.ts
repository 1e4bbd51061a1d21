import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Status } from '@kpi-monitor/model/status';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

export function heatMapStyles(theme: GrafanaTheme2) {
  const { colors, spacing, typography } = theme;
  const palette = statusPalette(theme);
  const status = Object.fromEntries(
    Object.entries(palette).map(([name, { surface }]) => [
      name,
      css({
        background: surface === 'transparent' ? colors.background.secondary : surface,
        color: name === 'late' || name === 'no_data' ? colors.text.secondary : colors.text.primary,
      }),
    ])
  ) as Record<Status, string>;
  const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  return {
    palette,
    status,
    table: css({
      borderCollapse: 'separate',
      borderSpacing: 2,
      fontSize: typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& thead th, & thead td': {
        position: 'sticky',
        top: 0,
        zIndex: 1,
        background: colors.background.primary,
        '@media print': { position: 'static' },
      },
    }),
    corner: css({ minWidth: 120 }),
    member: css({
      ...cut,
      maxWidth: 140,
      padding: spacing(0.5, 1),
      color: colors.text.secondary,
      fontWeight: typography.fontWeightRegular,
      textAlign: 'right',
    }),
    group: css({ padding: spacing(1.5, 0, 0), fontWeight: typography.fontWeightRegular, textAlign: 'left' }),
    name: css({
      maxWidth: 240,
      paddingRight: spacing(1),
      fontSize: typography.body.fontSize,
      fontWeight: typography.fontWeightRegular,
      textAlign: 'left',
    }),
    cell: css({ minWidth: 88, padding: 0 }),
    value: css({
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: spacing(0.5),
      height: 30,
      padding: spacing(0, 1),
      printColorAdjust: 'exact',
      'a&:hover': { color: colors.text.maxContrast },
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: 1 },
    }),
    text: css(cut),
    none: css({
      display: 'block',
      height: 30,
      lineHeight: '30px',
      color: colors.text.disabled,
      textAlign: 'center',
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: 1 },
    }),
  };
}
