import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { type StatusPalette, statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

/** What is known is the colour of text, what is expected is blue, and no line has the colour of a status but thresholds. */
export interface ForecastPalette {
  history: string;
  forecast: string;
  band50: string;
  band90: string;
  target: string;
  /** of marks and of the line at now */
  quiet: string;
  /** behind open rings */
  paper: string;
  status: StatusPalette;
  /** behind values of a level: faint enough to read lines on */
  zone: Record<'warning' | 'critical' | 'emergency', string>;
}

export function forecastPalette(theme: GrafanaTheme2): ForecastPalette {
  const { alpha } = colorManipulator;
  const blue = theme.visualization.getColorByName(theme.isDark ? 'blue' : 'semi-dark-blue');
  const status = statusPalette(theme);
  const zone = (level: 'warning' | 'critical' | 'emergency') => alpha(status[level].mark, theme.isDark ? 0.1 : 0.08);
  return {
    history: theme.colors.text.primary,
    forecast: blue,
    band50: alpha(blue, theme.isDark ? 0.34 : 0.3),
    band90: alpha(blue, theme.isDark ? 0.17 : 0.14),
    target: theme.colors.text.secondary,
    quiet: theme.colors.text.secondary,
    paper: theme.colors.background.primary,
    status,
    zone: { warning: zone('warning'), critical: zone('critical'), emergency: zone('emergency') },
  };
}
