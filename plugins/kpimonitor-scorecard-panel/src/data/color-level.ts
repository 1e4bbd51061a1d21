import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { Level } from '@kpi-monitor/model/status';

/**
 * The level that a threshold's colour stands for, so that thresholds that a user set by hand are read as ours are:
 * green and blue are normal, yellow and orange a warning, red critical, purple an emergency; grey judges nothing.
 * @param color a name of Grafana's palette, or any CSS colour
 */
export function levelOfColor(color: string, theme: GrafanaTheme2): Level | null {
  const hue = hueOf(theme.visualization.getColorByName(color));
  if (hue === null) {
    return null;
  }
  if (hue < 16 || hue >= 330) {
    return 2;
  }
  if (hue < 70) {
    return 1;
  }
  return hue < 250 ? 0 : 3;
}

/** Degrees of the colour circle; null for a grey, or for what is not a colour. */
function hueOf(color: string): number | null {
  let channels: number[];
  try {
    channels = colorManipulator.decomposeColor(colorManipulator.asRgbString(color)).values.slice(0, 3);
  } catch {
    return null;
  }
  const [r, g, b] = channels as [number, number, number];
  const max = Math.max(r, g, b);
  const chroma = max - Math.min(r, g, b);
  if (!(chroma > 0.2 * max)) {
    return null;
  }
  const sixth = max === r ? ((g - b) / chroma + 6) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return sixth * 60;
}
