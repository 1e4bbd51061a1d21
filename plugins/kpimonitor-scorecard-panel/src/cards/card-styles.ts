import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Status } from '@kpi-monitor/model/status';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import type { CardSize } from '../options';

import { CARD_GAP, CARD_METRICS, type Slot, SLOT_HEIGHT } from './layout';

/** A card narrower than this has no room for a line of its course, and below the second not for a bar either. */
const SPARK_FROM = 168;
const BAR_FROM = 136;

export type CardStyles = ReturnType<typeof cardStyles>;

export function cardStyles(theme: GrafanaTheme2, size: CardSize) {
  const metrics = CARD_METRICS[size];
  const palette = statusPalette(theme);
  const { spacing, typography, colors } = theme;
  const small = typography.bodySmall.fontSize;
  const hero = { small: typography.h3.fontSize, medium: typography.h1.fontSize, large: typography.pxToRem(40) }[size];
  const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  const narrow = (from: number) => `@container card (max-width: ${from - 1}px)`;
  // The second of two texts that do not fit beside each other wraps out of sight: better none than half a number.
  const line = (slot: Slot) => ({
    display: 'flex',
    flexWrap: 'wrap' as const,
    justifyContent: 'space-between',
    columnGap: spacing(1),
    height: SLOT_HEIGHT[slot],
    paddingTop: SLOT_HEIGHT[slot] - 18,
    lineHeight: '18px',
    overflow: 'hidden',
  });
  const status = (name: Status) =>
    css({
      '--card-secondary': palette[name].secondary,
      borderTopColor: palette[name].surface === 'transparent' ? colors.border.weak : palette[name].mark,
      backgroundImage: `linear-gradient(${palette[name].surface}, ${palette[name].surface})`,
    });
  return {
    palette,
    /** of what is drawn and calm */
    ink: colors.text.primary,
    grid: css({
      display: 'grid',
      gap: CARD_GAP,
      margin: 0,
      padding: 0,
      listStyle: 'none',
    }),
    item: css({
      containerType: 'inline-size',
      containerName: 'card',
      minWidth: 0,
      breakInside: 'avoid',
      // Cards that are scrolled out of sight are not laid out: most of the cost of two hundred.
      contentVisibility: 'auto',
    }),
    card: css({
      display: 'block',
      height: '100%',
      padding: metrics.padding,
      borderTop: '2px solid',
      backgroundColor: colors.background.secondary,
      color: colors.text.primary,
      fontSize: small,
      fontVariantNumeric: 'tabular-nums',
      printColorAdjust: 'exact',
      '&:hover': { color: colors.text.primary },
      'a&:hover': { backgroundColor: colors.emphasize(colors.background.secondary, 0.03) },
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: -2 },
    }),
    status: {
      normal: status('normal'),
      warning: css({ borderTopColor: palette.warning.mark, '--card-secondary': colors.text.secondary }),
      critical: status('critical'),
      emergency: status('emergency'),
      late: cx(status('late'), css({ '--card-value': colors.text.secondary })),
      no_data: cx(status('no_data'), css({ borderTopStyle: 'dashed' })),
      provisional: status('provisional'),
      not_judged: status('not_judged'),
    } satisfies Record<Status, string>,
    head: css({
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: spacing(1),
      height: metrics.name,
    }),
    name: css({ minWidth: 0, fontSize: typography.body.fontSize, fontWeight: typography.fontWeightMedium }),
    restated: css({ flex: 'none', marginLeft: 'auto', color: 'var(--card-secondary)' }),
    mark: css({ flex: 'none' }),
    hero: css({
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      columnGap: spacing(1),
      height: metrics.value,
      overflow: 'hidden',
    }),
    standing: css({
      display: 'flex',
      flex: '1 1 72px',
      minWidth: 0,
      flexDirection: 'column',
      justifyContent: 'center',
      alignItems: 'flex-end',
      height: metrics.value,
      lineHeight: '18px',
    }),
    value: css({
      fontSize: hero,
      fontWeight: typography.fontWeightMedium,
      letterSpacing: '-0.01em',
      color: 'var(--card-value)',
      lineHeight: `${metrics.value}px`,
      whiteSpace: 'nowrap',
      '& small': { fontSize: '0.55em', fontWeight: typography.fontWeightRegular, color: 'var(--card-secondary)' },
    }),
    period: css({ ...cut, maxWidth: '100%', color: 'var(--card-secondary)' }),
    /** `February 2026` without its year where there is no room for both */
    breakable: css({ height: 18, whiteSpace: 'normal', textAlign: 'right' }),
    left: css(cut),
    right: css({ ...cut, marginLeft: 'auto', color: 'var(--card-secondary)' }),
    slot: {
      change: css({ ...line('change'), color: 'var(--card-secondary)' }),
      gap: css(line('gap')),
      bullet: css({
        height: SLOT_HEIGHT.bullet,
        paddingTop: SLOT_HEIGHT.bullet - 12,
        display: 'block',
        [narrow(BAR_FROM)]: { display: 'none' },
      }),
      outlook: css(line('outlook')),
      sparkline: css({
        display: 'block',
        height: SLOT_HEIGHT.sparkline,
        paddingTop: spacing(1),
        [narrow(SPARK_FROM)]: { display: 'none' },
      }),
      definition: css({
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: 2,
        overflow: 'hidden',
        height: SLOT_HEIGHT.definition,
        paddingTop: 4,
        lineHeight: '18px',
        color: 'var(--card-secondary)',
      }),
      foot: css({ ...line('foot'), color: 'var(--card-secondary)' }),
    } satisfies Record<Slot, string>,
  };
}
