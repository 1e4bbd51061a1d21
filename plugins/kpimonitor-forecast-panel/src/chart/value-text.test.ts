import { createTheme, type Field, FieldType } from '@grafana/data';

import { readForecasts } from '../data/read-forecasts';
import { forecastFrame, month } from '../fixtures/frames';

import { tickWriter, valueWriter } from './value-text';
import { zoomRange } from './zoom';

const theme = createTheme();
const field = (unit: string, decimals: number): Field => ({
  name: 'value',
  type: FieldType.number,
  config: { unit, decimals },
  values: [],
});

describe('numbers', () => {
  it('are written by the field that they come with', () => {
    expect(valueWriter(field('currency:financial:$', 0), theme)(1_060_000)).toBe('$1,060,000');
    expect(valueWriter(field('percent', 1), theme)(26.34)).toBe('26.3%');
    const own = { ...field('none', 0), display: () => ({ text: 'twelve', numeric: 12 }) };
    expect(valueWriter(own, theme)(12)).toBe('twelve');
  });

  it('are short at an axis when they are long, and have the decimals that tell its ticks apart', () => {
    expect(tickWriter(field('currency:financial:$', 0), theme)(1_050_000, [1_000_000, 1_050_000])).toBe('$1.05M');
    expect(tickWriter(field('percent', 0), theme)(20.5, [20, 20.5])).toBe('20.5%');
    expect(tickWriter(field('none', 2), theme)(4, [3, 4])).toBe('4');
    expect(tickWriter(undefined, theme)(4, [])).toBe('4');
  });
});

describe('zooming', () => {
  const forecast = readForecasts([forecastFrame()]).all[0]!;

  it('is to what was dragged over', () => {
    expect(zoomRange({ from: month(-12) + 0.4, to: month(3) + 0.2 }, forecast)).toEqual({
      from: month(-12),
      to: month(3) + 1,
    });
  });

  it('leaves something to forecast from', () => {
    expect(zoomRange({ from: month(2), to: month(4) }, forecast)).toEqual({ from: month(-1), to: month(4) });
  });
});
