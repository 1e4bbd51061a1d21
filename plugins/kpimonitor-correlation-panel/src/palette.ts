/**
 * Colours of correlations: blue for KPIs that rise and fall together, terracotta for those that move opposite ways, the
 * panel's own ground for none. Blue and orange stay apart in every kind of colour blindness; neither is a status colour.
 */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** Of r = 1 and of r = -1. */
const ENDS = {
  dark: { positive: '#5fabf5', negative: '#e8985f' },
  light: { positive: '#1c5fae', negative: '#a1501c' },
};

/** What is beyond chance starts well above the most that chance is given, so that the two are never mixed up. */
const SIGNIFICANT = { from: 0.3, to: 1 };
const CHANCE = { from: 0.02, to: 0.14 };

export interface CorrelationPalette {
  positive: string;
  negative: string;
  ground: string;
  /** of a cell that is not known, and the hairlines of charts */
  hairline: string;
  /** Opaque; `r` from -1 to 1, in steps of a hundredth. */
  fill(r: number, significant: boolean): string;
  /** Of words on a fill: 4.5:1 at least. */
  textOn(fill: string): string;
  /** Of second-rank words, on what chance is given. */
  quiet: string;
}

export function correlationPalette(theme: GrafanaTheme2): CorrelationPalette {
  const { positive, negative } = ENDS[theme.isDark ? 'dark' : 'light'];
  const ground = theme.colors.background.primary;
  const { getContrastRatio } = colorManipulator;
  const inks = ['#ffffff', '#000000'];
  // Thousands of cells share some hundred colours, and colours are slow to take apart.
  const fills = new Map<number, string>();
  const texts = new Map<string, string>();
  return {
    positive,
    negative,
    ground,
    hairline: theme.colors.border.medium,
    quiet: theme.colors.text.secondary,
    fill(r, significant) {
      const percent = Math.round(100 * Math.max(-1, Math.min(1, r)));
      const { from, to } = significant ? SIGNIFICANT : CHANCE;
      return kept(fills, significant ? percent + 1000 : percent, () =>
        mixed(ground, percent < 0 ? negative : positive, from + ((to - from) * Math.abs(percent)) / 100)
      );
    },
    textOn: (fill) =>
      kept(texts, fill, () => {
        const [a, b] = inks.map((ink) => getContrastRatio(ink, fill));
        return a! >= b! ? inks[0]! : inks[1]!;
      }),
  };
}

function kept<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** The colour at a share of the way from one to the other. */
function mixed(from: string, to: string, share: number): string {
  const [a, b] = [from, to].map((color) => colorManipulator.decomposeColor(color).values);
  const channels = [0, 1, 2].map((i) => Math.round(a![i]! + (b![i]! - a![i]!) * share));
  return `rgb(${channels.join(', ')})`;
}
