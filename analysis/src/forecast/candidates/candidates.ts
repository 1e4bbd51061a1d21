import { airline } from './airline';
import { onLogs, type Candidate } from './candidate';
import { decomposed } from './decomposed';
import { drift, recentMedian, seasonalNaive } from './naive';
import { regression } from './regression';
import { smoothing } from './smoothing';
import { theta } from './theta';

/** Under the names that people read. */
export const CANDIDATES: ReadonlyMap<string, Candidate> = new Map([
  ['seasonal naive', seasonalNaive],
  ['seasonal naive with drift', drift],
  ['median of the same place in the season', recentMedian],
  ['exponential smoothing', smoothing('none')],
  ['seasonal smoothing', smoothing('additive')],
  ['multiplicative seasonal smoothing', smoothing('multiplicative')],
  ['seasonal smoothing of logarithms', onLogs(smoothing('additive'))],
  ['decomposition', decomposed],
  ['decomposition of logarithms', onLogs(decomposed)],
  ['theta', theta],
  ['seasonal ARIMA', airline('moving')],
  ['seasonal ARIMA of logarithms', onLogs(airline('moving'))],
  ['returning ARIMA', airline('returning')],
  ['returning ARIMA of logarithms', onLogs(airline('returning'))],
  ['calendar regression', regression],
  ['calendar regression of logarithms', onLogs(regression)],
]);
