import '@testing-library/jest-dom';

import { createTheme } from '@grafana/data';

import { readForecasts } from '../data/read-forecasts';
import { forecastFrame, type Given } from '../fixtures/frames';
import { DEFAULTS, type ForecastOptions } from '../options';
import { edgeWords, tickText } from '../words';

import { plotColumns, plotConfig } from './config';
import { forecastPalette } from './palette';
import { COLUMNS } from './plot-data';
import { sceneOf } from './scene';
import { tickWriter } from './value-text';

const theme = createTheme();
const palette = forecastPalette(theme);

function configOf(options: Partial<ForecastOptions> = {}, given: Given = {}, hasValueAxis = true) {
  const forecast = readForecasts([forecastFrame(given)]).all[0]!;
  const scene = sceneOf(forecast, 0, { ...DEFAULTS, ...options })!;
  const { grain } = forecast.facts;
  const builder = plotConfig({
    scene,
    grain,
    bands: options.bands ?? 'both',
    theme,
    timeZone: 'America/New_York',
    look: { palette, fontFamily: 'Inter', hasWords: true, words: edgeWords() },
    hasValueAxis,
    writeTick: tickWriter(forecast.field, theme),
    writeDate: (time, unit) => tickText(time, unit, grain),
    labelledBy: 'name told',
  });
  return { scene, builder, config: builder.getConfig() };
}

const series = (config: ReturnType<typeof configOf>['config'], name: (typeof COLUMNS)[number]) =>
  config.series[COLUMNS.indexOf(name) + 1]!;

describe('what uPlot is told', () => {
  it('is history solid, forecast dashed, and a column a series', () => {
    const { config, scene } = configOf();
    expect(plotColumns(scene)).toHaveLength(config.series.length);
    expect(series(config, 'history')).toMatchObject({ stroke: palette.history });
    expect(series(config, 'history').dash).toBeUndefined();
    expect(series(config, 'forecast')).toMatchObject({ stroke: palette.forecast, dash: [6, 4] });
  });

  it('is a band between the edges of each likelihood, the wider one below', () => {
    const { config } = configOf();
    const edges = config.bands!.map((band) => band.series.map((index) => COLUMNS[index - 1]));
    expect(edges).toEqual([
      ['upper90', 'lower90'],
      ['upper50', 'lower50'],
    ]);
    expect(config.bands!.map(({ fill }) => fill)).toEqual([palette.band90, palette.band50]);
  });

  it('is only the bands that are asked for', () => {
    expect(configOf({ bands: '90' }).config.bands).toHaveLength(1);
    expect(series(configOf({ bands: '90' }).config, 'lower50').show).toBe(false);
    expect(configOf({ bands: 'none' }).config.bands).toBeUndefined();
  });

  it('is the time of the data, not of the dashboard: the future is beyond its end', () => {
    const { config, builder, scene } = configOf();
    // What shares the cursor of a dashboard looks for the time at the first scale.
    expect(builder.scales[0]!.props).toMatchObject({ scaleKey: 'x', isTime: true });
    const range = config.scales!.x!.range as () => [number, number];
    expect(range()).toEqual(scene.span);
  });

  it('is dates that do not shift in another zone', () => {
    const time = Date.UTC(2026, 10);
    const zoned = configOf().config.tzDate!(time);
    expect([zoned.getFullYear(), zoned.getMonth(), zoned.getDate()]).toEqual([2026, 10, 1]);
    expect(tickText(time, 'month', 'month')).toBe('Nov 2026');
  });

  it('is no axis of values where there is no room for one', () => {
    const axis = (hasValueAxis: boolean) =>
      configOf({}, {}, hasValueAxis).config.axes!.find(({ scale }) => scale === 'y');
    expect(axis(true)!.show).toBe(true);
    expect(axis(false)!.show).toBe(false);
  });

  it('names the chart for those who hear it', () => {
    const root = document.createElement('div');
    configOf().config.hooks!.init!.forEach((hook) => hook?.({ root } as never, {} as never, [] as never));
    expect(root).toHaveAttribute('role', 'img');
    expect(root).toHaveAttribute('aria-labelledby', 'name told');
  });
});
