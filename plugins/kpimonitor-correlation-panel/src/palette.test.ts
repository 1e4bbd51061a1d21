import { colorManipulator, createTheme } from '@grafana/data';

import { correlationPalette } from './palette';

const { getContrastRatio, decomposeColor, getLuminance } = colorManipulator;
const SIZES = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1];

type Rgb = [number, number, number];
type Matrix = [Rgb, Rgb, Rgb];

/** Severity 1.0 of Machado, Oliveira and Fernandes, IEEE Transactions on Visualization 15 (2009), in linear RGB. */
const BLINDNESS: Record<string, Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(color: string): Rgb {
  const [r, g, b] = decomposeColor(color).values.map((channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb =>
  matrix.map((row) => Math.max(0, row[0] * r + row[1] * g + row[2] * b)) as Rgb;

/** Distance of two colours in Oklab (Ottosson 2020): 0.02 is just seen, 0.1 plainly. */
function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [one, other].map((rgb) => {
    const [l, m, s] = times(
      [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ],
      rgb
    ).map(Math.cbrt);
    return [
      0.2104542553 * l! + 0.793617785 * m! - 0.0040720468 * s!,
      1.9779984951 * l! - 2.428592205 * m! + 0.4505937099 * s!,
      0.0259040371 * l! + 0.7827717662 * m! - 0.808675766 * s!,
    ];
  });
  return Math.hypot(...a!.map((value, i) => value - b![i]!));
}

describe.each(['dark', 'light'] as const)('the palette in the %s theme', (mode) => {
  const theme = createTheme({ colors: { mode } });
  const palette = correlationPalette(theme);
  const ground = theme.colors.background.primary;

  it.each(Object.keys(BLINDNESS))('tells together from opposite in %s, however weak', (kind) => {
    const seen = (color: string) => times(BLINDNESS[kind]!, linear(color));
    for (const r of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      expect(distance(seen(palette.fill(r, true)), seen(palette.fill(-r, true)))).toBeGreaterThan(0.07);
    }
    expect(distance(seen(palette.positive), seen(palette.negative))).toBeGreaterThan(0.2);
  });

  it('writes on every cell readably, on what may be chance too', () => {
    for (const r of SIZES.flatMap((size) => [size, -size])) {
      const fill = palette.fill(r, true);
      expect(getContrastRatio(palette.textOn(fill), fill)).toBeGreaterThanOrEqual(4.5);
      expect(getContrastRatio(palette.quiet, palette.fill(r, false))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('draws bars and fit lines that are seen', () => {
    expect(getContrastRatio(palette.positive, ground)).toBeGreaterThanOrEqual(3);
    expect(getContrastRatio(palette.negative, ground)).toBeGreaterThanOrEqual(3);
  });

  it('grows with strength, and equally to both sides, so that it is read in greyscale', () => {
    const contrast = (r: number) => getContrastRatio(palette.fill(r, true), ground);
    for (let i = 1; i < SIZES.length; i++) {
      expect(contrast(SIZES[i]!)).toBeGreaterThan(contrast(SIZES[i - 1]!));
      expect(contrast(-SIZES[i]!)).toBeGreaterThan(contrast(-SIZES[i - 1]!));
    }
    expect(Math.abs(getLuminance(palette.positive) - getLuminance(palette.negative))).toBeLessThan(0.06);
  });

  it('never mixes up what is beyond chance and what may be chance', () => {
    const contrast = (r: number, significant: boolean) => getContrastRatio(palette.fill(r, significant), ground);
    for (const sign of [1, -1]) {
      expect(contrast(sign * 0.01, true)).toBeGreaterThan(contrast(sign * 1, false) + 0.1);
    }
  });
});
