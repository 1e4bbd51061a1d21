import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Room around a plot. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Pixels of small text, near enough to leave room for it. */
export function textWidth(texts: readonly string[], size = 11): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => text.length)) * size * 0.72);
}

export const CHART_TEXT = 11;

export const chartStyles = (theme: GrafanaTheme2) => ({
  chart: css({ display: 'block', overflow: 'visible', fontVariantNumeric: 'tabular-nums' }),
  figure: css({ margin: theme.spacing(1.5, 0, 0) }),
  caption: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 1.5),
    marginBottom: theme.spacing(0.5),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  quiet: css({ color: theme.colors.text.secondary }),
  hairline: css({ stroke: theme.colors.border.weak, strokeWidth: 1, shapeRendering: 'crispEdges' }),
  zero: css({ stroke: theme.colors.border.medium, strokeWidth: 1, shapeRendering: 'crispEdges' }),
  tick: css({ fontSize: CHART_TEXT, fill: theme.colors.text.secondary }),
  title: css({ fontSize: CHART_TEXT, fill: theme.colors.text.primary }),
});
