/**
 * What travels with a value so that any panel shows it right with no set-up. It wins over a panel's defaults, so it
 * says only what is known: a value without a judgement of its own gets one neutral step, since without any the
 * panel's default (red from 80 up) would judge it.
 */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { LEVEL_COLORS } from '@kpi-monitor/model/judgement/levels';
import { type FieldConfig, LOWEST, type ThresholdStep, type ValueMapping } from '@kpi-monitor/model/query/frames';
import { LEVELS, STATUS_TEXT } from '@kpi-monitor/model/status';

const NEUTRAL: ThresholdStep[] = [{ value: LOWEST, color: 'text' }];

export interface Appearance {
  displayName: string;
  /** the thresholds that judge exactly this value; null when nothing does */
  steps: ThresholdStep[] | null;
  /** whether the newest value is final: only then is it coloured, since a month that has just begun is not bad */
  isFinal: boolean;
  /** whether the steps held for all of the values: only then are they drawn, since a line crosses the past as well */
  isSteady?: boolean;
}

/** A column that is there for links and code: no panel draws it. */
export const HIDDEN = { custom: { hideFrom: { viz: true, legend: false, tooltip: false } } };

/** Per cent as texts write it, 12.5 %: Grafana puts the space. */
export const PER_CENT = 'suffix:%';

/**
 * Grafana's unit that writes values as our texts do: 27,280, where `none` has no separators, and 12.5 %. Its `locale` drops
 * decimals that are 0.
 */
export function shownUnit({ unit, decimals }: Pick<Kpi, 'unit' | 'decimals'>): string {
  return unit === 'percent' ? PER_CENT : unit === 'none' && decimals === 0 ? 'locale' : unit;
}

/** A KPI's value. */
export function valueConfig(kpi: Kpi, { displayName, steps, isFinal, isSteady }: Appearance): FieldConfig {
  return {
    displayName,
    ...(kpi.definition && { description: kpi.definition.text }),
    unit: shownUnit(kpi),
    decimals: kpi.decimals,
    ...(steps && { color: isFinal ? { mode: 'thresholds' } : { mode: 'fixed', fixedColor: 'text' } }),
    thresholds: { mode: 'absolute', steps: steps ?? NEUTRAL },
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
    ...(steps && isSteady && { custom: { thresholdsStyle: { mode: 'line' } } }),
  };
}

/** What a value is compared with: the same unit, drawn apart from it. */
export function comparisonConfig(kpi: Kpi, displayName: string, isStepped: boolean): FieldConfig {
  return {
    displayName,
    unit: shownUnit(kpi),
    decimals: kpi.decimals,
    color: { mode: 'fixed', fixedColor: 'text' },
    thresholds: { mode: 'absolute', steps: NEUTRAL },
    custom: {
      lineStyle: { fill: 'dash', dash: [6, 4] },
      lineWidth: 1,
      fillOpacity: 0,
      ...(isStepped && { lineInterpolation: 'stepAfter' }),
    },
  };
}

/** What is expected: the value's colour, dashed. */
export function forecastConfig(kpi: Kpi, displayName: string): FieldConfig {
  return {
    displayName,
    unit: shownUnit(kpi),
    decimals: kpi.decimals,
    color: { mode: 'fixed', fixedColor: 'blue' },
    thresholds: { mode: 'absolute', steps: NEUTRAL },
    custom: { lineStyle: { fill: 'dash', dash: [4, 4] }, lineWidth: 2, fillOpacity: 0 },
  };
}

const BAND_TEXT = {
  lower50: 'low (50 %)',
  upper50: 'high (50 %)',
  lower90: 'low (90 %)',
  upper90: 'high (90 %)',
} as const;

/** An edge of a band: the upper one is filled down to the lower one. */
export function bandConfig(kpi: Kpi, name: string, edge: keyof typeof BAND_TEXT): FieldConfig {
  const below = edge === 'upper50' ? BAND_TEXT.lower50 : edge === 'upper90' ? BAND_TEXT.lower90 : null;
  return {
    displayName: `${name}, ${BAND_TEXT[edge]}`,
    unit: shownUnit(kpi),
    decimals: kpi.decimals,
    color: { mode: 'fixed', fixedColor: 'blue' },
    thresholds: { mode: 'absolute', steps: NEUTRAL },
    custom: {
      lineWidth: 0,
      fillOpacity: below ? 12 : 0,
      ...(below && { fillBelowTo: `${name}, ${below}` }),
      hideFrom: { legend: true, tooltip: false, viz: false },
    },
  };
}

/** What was to be expected of values that are there: thin and dashed. */
export function expectedConfig(kpi: Kpi, name: string): FieldConfig {
  const { custom, ...config } = comparisonConfig(kpi, `${name}, expected`, false);
  return { ...config, custom: { ...custom, lineStyle: { fill: 'dash', dash: [2, 4] } } };
}

/** An edge of what is usual: the upper one is filled down to the lower one. */
export function usualConfig(kpi: Kpi, name: string, edge: 'lower' | 'upper'): FieldConfig {
  const low = `${name}, usual low`;
  return {
    ...comparisonConfig(kpi, edge === 'lower' ? low : `${name}, usual high`, false),
    custom: {
      lineWidth: 0,
      fillOpacity: edge === 'upper' ? 12 : 0,
      ...(edge === 'upper' && { fillBelowTo: low }),
      hideFrom: { legend: true, tooltip: false, viz: false },
    },
  };
}

/** A value that stands out: a dot, whose colour says that it is one and not whether that is good. */
export function standsOutConfig(kpi: Kpi, name: string): FieldConfig {
  return {
    ...comparisonConfig(kpi, `${name}, stands out`, false),
    color: { mode: 'fixed', fixedColor: 'orange' },
    custom: { drawStyle: 'points', showPoints: 'always', pointSize: 9, lineWidth: 0 },
  };
}

/** What was told of a period before it was restated: a dot beside the value that holds now. */
export function reportedConfig(kpi: Kpi, displayName: string): FieldConfig {
  return {
    ...comparisonConfig(kpi, displayName, false),
    description: 'What was told of a period before it was changed, after it had settled',
    custom: { drawStyle: 'points', showPoints: 'always', pointSize: 7, lineWidth: 0 },
  };
}

/** A level, 0–3: shown as its word in its colour. */
export function levelConfig(kpi: Kpi, displayName: string): FieldConfig {
  return {
    displayName,
    decimals: 0,
    min: 0,
    max: 3,
    // The mappings colour it: with a mode of thresholds a state timeline shows `1+` in place of the word.
    color: { mode: 'fixed', fixedColor: 'text' },
    thresholds: {
      mode: 'absolute',
      steps: LEVELS.map((name, level) => ({ value: level === 0 ? LOWEST : level, color: LEVEL_COLORS[level]! })),
    },
    mappings: [levelMapping()],
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
  };
}

export function levelMapping(): ValueMapping {
  const options = LEVELS.map((name, index) => [
    String(index),
    { text: STATUS_TEXT[name], color: LEVEL_COLORS[index]!, index },
  ]);
  return { type: 'value', options: Object.fromEntries(options) };
}

/** To the KPI's own dashboard, over the range that is being looked at. */
export function detailLink(kpi: string, title = 'Detail'): NonNullable<FieldConfig['links']>[number] {
  return { title, url: `/d/kpi-detail?var-kpi=${kpi}&\${__url_time_range}` };
}
