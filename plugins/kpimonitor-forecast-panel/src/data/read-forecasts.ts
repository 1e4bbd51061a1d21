import { type DataFrame, type Field, FieldType, getFieldDisplayName } from '@grafana/data';
import type { ForecastFacts, ForecastField } from '@kpi-monitor/model/query/forecast-frames';
import type { AnswerMeta } from '@kpi-monitor/model/query/frames';
import { hrefOf } from '@kpi-monitor/plugin-shared/links/frame-href';
import { noticesOf, type Provenance, provenanceOf } from '@kpi-monitor/plugin-shared/states/provenance';

import { type Forecast, isKnown, type Values } from './forecast';

/** What a panel's frames say of the time to come. */
export interface Forecasts {
  /** in the order of the frames: worst risk first */
  all: Forecast[];
  provenance: Provenance;
  notices: string[];
  /** there are values, but none of them is a forecast */
  isForeign: boolean;
}

export function readForecasts(frames: readonly DataFrame[]): Forecasts {
  const all = frames.filter(isForecast).map((frame, index) => readForecast(frame, index));
  // What stands in a KPI's own place is not said again above all of them.
  const said = new Set(all.map(({ facts }) => facts.text));
  const isWaiting = all.some(({ facts }) => facts.state === 'pending');
  return {
    all,
    provenance: provenanceOf(frames),
    notices: noticesOf(frames).filter((text) => !said.has(text) && !(isWaiting && text.includes('FORECAST_PENDING'))),
    isForeign: all.length === 0 && frames.some((frame) => frame.length > 0),
  };
}

const factsOf = (frame: DataFrame) => (frame.meta?.custom as Partial<AnswerMeta> | undefined)?.forecast;

function isForecast(frame: DataFrame): boolean {
  return factsOf(frame) !== undefined || frame.fields.some(({ name }) => name === 'forecast');
}

function readForecast(frame: DataFrame, index: number): Forecast {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const field = (name: ForecastField) => frame.fields.find((one) => one.name === name && one !== time);
  const column = (name: ForecastField): Values => (field(name)?.values ?? []) as Values;
  const times: number[] = time?.values ?? [];
  const value = field('value');
  const facts = factsOf(frame) ?? plainFacts(frame, times, column('forecast'), value);
  const { kpi, name, slice } = facts;
  return {
    key: `${index} ${kpi} ${slice}`,
    title: slice ? `${name}, ${slice}` : name,
    facts,
    times,
    value: column('value'),
    forecast: column('forecast'),
    lower50: column('lower50'),
    upper50: column('upper50'),
    lower90: column('lower90'),
    upper90: column('upper90'),
    target: column('target'),
    field: value ?? field('forecast'),
    href: frame.length > 0 ? hrefOf(frame, frame.length - 1) : undefined,
  };
}

/** Of lines that come without facts, as a transformation may leave them. */
function plainFacts(frame: DataFrame, times: readonly number[], forecast: Values, value: Field | undefined) {
  const facts: ForecastFacts = {
    kpi: value?.labels?.kpi ?? '',
    name: value ? getFieldDisplayName(value, frame) : (frame.name ?? ''),
    slice: '',
    grain: 'day',
    state: 'ready',
    text: '',
    now: times[forecast.findIndex(isKnown)] ?? Infinity,
    sentence: '',
    sense: 'neutral',
    direction: 'up',
    boundaries: null,
    models: [],
    backTest: null,
    season: null,
    fittedUntil: null,
    marks: [],
    unit: value?.config.unit ?? 'none',
    decimals: value?.config.decimals ?? 0,
  };
  return facts;
}
