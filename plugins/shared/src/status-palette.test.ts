import { colorManipulator, createTheme, type GrafanaTheme2 } from '@grafana/data';
import { STATUSES } from '@kpi-monitor/model/status';

import { STATUS_MARKS } from './status-marks';
import { statusPalette } from './status-palette';

const { getContrastRatio, decomposeColor } = colorManipulator;

/** A translucent colour laid over an opaque one. */
function over(color: string, base: string): string {
  const [r, g, b, alpha = 1] = decomposeColor(color).values;
  const under = decomposeColor(base).values;
  const mixed = [r, g, b].map((channel, i) => Math.round(channel! * alpha + under[i]! * (1 - alpha)));
  return `rgb(${mixed.join(', ')})`;
}

const opaque = (color: string, base: string) => (color === 'transparent' ? base : over(color, base));

describe.each(['dark', 'light'] as const)('the palette in the %s theme', (mode) => {
  const theme: GrafanaTheme2 = createTheme({ colors: { mode } });
  const palette = statusPalette(theme);
  const { primary, secondary } = theme.colors.background;

  it.each(STATUSES)('%s: words and marks are readable on the panel, on a card and on their own surface', (status) => {
    const { text, mark, surface, secondary: second } = palette[status];
    for (const base of [primary, secondary, opaque(surface, secondary), opaque(surface, primary)]) {
      expect(getContrastRatio(over(text, base), base)).toBeGreaterThanOrEqual(4.5);
      expect(getContrastRatio(over(mark, base), base)).toBeGreaterThanOrEqual(3);
      expect(getContrastRatio(over(theme.colors.text.primary, base), base)).toBeGreaterThanOrEqual(4.5);
      expect(getContrastRatio(over(second, base), base)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('gives hues to what needs attention only', () => {
    const hues = new Set(['warning', 'critical', 'emergency'].map((status) => palette[status as 'warning'].mark));
    expect(hues.size).toBe(3);
    expect(palette.normal).toEqual({
      text: theme.colors.text.secondary,
      mark: theme.colors.text.secondary,
      surface: 'transparent',
      secondary: theme.colors.text.secondary,
    });
  });
});

it('tells statuses apart without colour: no two marks are the same', () => {
  const drawings = STATUSES.map((status) => JSON.stringify(STATUS_MARKS[status]));
  expect(new Set(drawings).size).toBe(STATUSES.length);
});
