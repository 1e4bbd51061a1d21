import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Status } from '@kpi-monitor/model/status';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

export type TableStyles = ReturnType<typeof tableStyles>;

export function tableStyles(theme: GrafanaTheme2) {
  const { colors, spacing, typography } = theme;
  const palette = statusPalette(theme);
  const dot = Object.fromEntries(
    Object.entries(palette).map(([status, { mark, surface }]) => [
      status,
      surface === 'transparent' ? colors.text.primary : mark,
    ])
  ) as Record<Status, string>;
  const cell = {
    padding: spacing(0.5, 1),
    height: 36,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    textAlign: 'left',
  } as const;
  return {
    palette,
    dot,
    atRisk: palette.warning.text,
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      borderCollapse: 'separate',
      borderSpacing: 0,
      fontSize: typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& td': { ...cell, borderBottom: `1px solid ${colors.border.weak}` },
      '& tbody th[scope="row"]': {
        ...cell,
        borderBottom: `1px solid ${colors.border.weak}`,
        fontSize: typography.body.fontSize,
        fontWeight: typography.fontWeightRegular,
      },
      '& tr:hover > *': { background: colors.emphasize(colors.background.primary, 0.03) },
    }),
    head: css({
      ...cell,
      position: 'sticky',
      top: 0,
      zIndex: 1,
      background: colors.background.primary,
      borderBottom: `1px solid ${colors.border.medium}`,
      color: colors.text.secondary,
      fontWeight: typography.fontWeightRegular,
      '@media print': { position: 'static' },
    }),
    sort: css({
      all: 'unset',
      cursor: 'pointer',
      '&:hover': { color: colors.text.primary },
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: 2 },
    }),
    arrow: css({ display: 'inline-block', width: '1em', textAlign: 'center' }),
    number: css({ '&&': { textAlign: 'right' } }),
    group: css({ '& th': { padding: spacing(1.5, 1, 0), background: 'none' }, '&:hover > th': { background: 'none' } }),
    name: css({ display: 'flex', alignItems: 'baseline', gap: spacing(1) }),
    restated: css({ flex: 'none', color: colors.text.secondary, fontSize: typography.bodySmall.fontSize }),
    link: css({
      display: 'block',
      minWidth: 0,
      color: colors.text.primary,
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: 2 },
    }),
    status: css({ display: 'flex', alignItems: 'center', gap: spacing(0.75) }),
    value: css({ fontSize: typography.body.fontSize, fontWeight: typography.fontWeightMedium }),
    spark: css({ display: 'block', height: 24 }),
    quiet: css({ color: colors.text.secondary }),
    definition: css({ color: colors.text.secondary }),
    /** for those who hear it */
    unseen: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  };
}
