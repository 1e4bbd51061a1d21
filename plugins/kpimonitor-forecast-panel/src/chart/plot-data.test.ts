import { readForecasts } from '../data/read-forecasts';
import { columnsOf, forecastFrame, type Given } from '../fixtures/frames';

import { aloneIn, plotData } from './plot-data';

const plotOf = (given: Given = {}, first = 0) => plotData(readForecasts([forecastFrame(given)]).all[0]!, first);

describe('what is drawn of a forecast', () => {
  it('ends history where the open period begins: what came in so far is no fall', () => {
    const { history, soFar } = plotOf();
    expect(history.slice(35, 38)).toEqual([columnsOf().value[35], null, null]);
    expect(soFar[36]).toBe(410_000);
    expect(soFar.filter((value) => value !== null)).toHaveLength(1);
  });

  it('fans the bands out from the last value that is known', () => {
    const { anchor, history, forecast, lower90, upper90, lower50, upper50 } = plotOf();
    expect(anchor).toBe(35);
    for (const column of [forecast, lower90, upper90, lower50, upper50]) {
      expect(column[35]).toBe(history[35]);
      expect(column[34]).toBeNull();
    }
  });

  it('begins the forecast by itself where the value before is not known, or not shown', () => {
    const value = columnsOf().value.map((one, i) => (i === 35 ? null : one));
    const gap = plotOf({ columns: { value } });
    expect([gap.anchor, gap.forecast[35]]).toEqual([null, null]);
    expect(plotOf({}, 36).anchor).toBeNull();
  });

  it('starts at the row that is asked for', () => {
    const { times, history, target } = plotOf({}, 30);
    expect([times.length, history.length, target.length]).toEqual([13, 13, 13]);
    expect(history[0]).toBe(columnsOf().value[30]);
  });

  it('takes what is no number for what is not known', () => {
    const value = columnsOf().value.map((one, i) => (i === 3 ? NaN : one));
    expect(plotOf({ columns: { value } }).history[3]).toBeNull();
  });
});

it('finds the values that no line reaches', () => {
  expect(aloneIn([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  expect(aloneIn([7])).toEqual([0]);
  expect(aloneIn([])).toEqual([]);
});
