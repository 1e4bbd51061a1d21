import { forecastFrame, waitingFrame } from '../fixtures/frames';
import type { History } from '../options';

import { shownFrom } from './history';
import { readForecasts } from './read-forecasts';

const from = (given: Parameters<typeof forecastFrame>[0], history: History) =>
  shownFrom(readForecasts([forecastFrame(given)]).all[0]!, history);

describe('how much history is shown', () => {
  it('is all of it, or as many periods as are asked for', () => {
    expect(from({ history: 730 }, 'all')).toBe(0);
    expect(from({ history: 730 }, 90)).toBe(640);
    expect(from({ history: 30 }, 90)).toBe(0);
  });

  it('is three times the forecast, so that its bands can be told apart', () => {
    expect(from({ history: 730, ahead: 30, facts: { season: 7 } }, 'auto')).toBe(640);
  });

  it('is twelve periods at least, and a whole season where that does not crush the forecast', () => {
    expect(from({ history: 100, ahead: 2, facts: { season: null } }, 'auto')).toBe(88);
    expect(from({ history: 100, ahead: 3, facts: { season: 18 } }, 'auto')).toBe(82);
    expect(from({ history: 730, ahead: 14, facts: { season: 365 } }, 'auto')).toBe(688);
  });

  it('is three dozen periods where there is no forecast yet', () => {
    const waiting = readForecasts([waitingFrame('pending', '', { history: 100 })]).all[0]!;
    expect(shownFrom(waiting, 'auto')).toBe(64);
  });
});
