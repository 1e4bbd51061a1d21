/** The colour of each status, from the tokens of Grafana's theme: what is well is neutral, so that what is not stands out. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { Status } from '@kpi-monitor/model/status';

export interface StatusColors {
  /** of words: 4.5:1 at least on the panel and on `surface` */
  text: string;
  /** of marks, bars and lines: 3:1 at least */
  mark: string;
  /** behind a card or a cell: translucent, and transparent for what is well */
  surface: string;
  /** of second-rank words on `surface` */
  secondary: string;
}

export type StatusPalette = Record<Status, StatusColors>;

const SURFACE_ALPHA = { warning: 0.12, critical: 0.16, emergency: 0.28 };

export function statusPalette(theme: GrafanaTheme2): StatusPalette {
  const color = theme.visualization.getColorByName;
  const { primary, secondary } = theme.colors.text;
  const quiet: StatusColors = { text: secondary, mark: secondary, surface: 'transparent', secondary };
  const loud = (level: keyof typeof SURFACE_ALPHA, hue: string, dark: [string, string], light: [string, string]) => {
    const [text, mark] = theme.isDark ? dark : light;
    const surface = colorManipulator.alpha(color(hue), SURFACE_ALPHA[level]);
    // Secondary text is too faint on a tint.
    return { text: color(text), mark: color(mark), surface, secondary: primary };
  };
  return {
    emergency: loud('emergency', 'purple', ['super-light-purple', 'purple'], ['dark-purple', 'semi-dark-purple']),
    critical: loud('critical', 'red', ['light-red', 'red'], ['dark-red', 'red']),
    warning: loud(
      'warning',
      'orange',
      ['orange', 'orange'],
      [colorManipulator.darken(theme.colors.warning.text, 0.15), 'dark-orange']
    ),
    late: quiet,
    no_data: quiet,
    provisional: quiet,
    not_judged: quiet,
    normal: quiet,
  };
}
