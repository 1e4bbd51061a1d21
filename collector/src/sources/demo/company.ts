/** What the demo company is made of. All of it is invented. */
export const REGIONS = ['North', 'South', 'East', 'West'] as const;
export const CHANNELS = ['Online', 'Retail', 'Partner'] as const;
export type Region = (typeof REGIONS)[number];
export type Channel = (typeof CHANNELS)[number];

export interface Slice {
  region?: Region;
  channel?: Channel;
}

/** The market of a year around July 2026, dollars, and how fast it grows. */
export const MARKET_2026 = 85_700_000;
export const MARKET_GROWTH = 0.052;

/** share of the market, and of it what the company has */
export const REGION: Record<Region, { market: number; share: number }> = {
  North: { market: 0.32, share: 0.149 },
  South: { market: 0.23, share: 0.134 },
  East: { market: 0.27, share: 0.145 },
  West: { market: 0.18, share: 0.124 },
};

export const CHANNEL: Record<
  Channel,
  { mix: number; orderValue: number; margin: number; newProducts: number; satisfaction: number }
> = {
  Online: { mix: 0.45, orderValue: 42, margin: 0.015, newProducts: 0.03, satisfaction: 0.03 },
  Retail: { mix: 0.35, orderValue: 38, margin: -0.02, newProducts: -0.015, satisfaction: 0.05 },
  Partner: { mix: 0.2, orderValue: 130, margin: 0.0, newProducts: -0.04, satisfaction: -0.12 },
};
