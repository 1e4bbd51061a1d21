/**
 * `npm run bench:forecast -- FOLDER`: forecasts of every series in a folder, scored on its last three horizons, beside the
 * forecasts of peers that the folder holds. `--write FILE` keeps the table, `--smoke` takes every eighth series.
 *
 * FOLDER holds `index.json` (`name`, `freq`, `m` = season length, `h` = horizon), a `NAME.csv` of `ds,y` each and, if there
 * are any, `peers.jsonl` (`name`, `fold`, `method`, `point`, `lo`, `hi`, `ms`).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Calendar } from '@kpi-monitor/analysis/forecast/candidates/candidate';
import { fitForecast } from '@kpi-monitor/analysis/forecast/fit';

import {
  meanScores,
  scaleOf,
  scoresOf,
  seasonalNaiveOf,
  summaryOf,
  type Interval,
  type Scores,
} from './forecast-scores';

interface Listed {
  name: string;
  freq: string;
  m: number;
  h: number;
}

interface Fold {
  series: Listed;
  fold: number;
  past: number[];
  actual: number[];
  scale: number;
  /** of past and horizon */
  days: Date[];
}

interface Made extends Interval {
  ms: number | null;
}

const OWN = 'KPI Monitor';
const NAIVE = 'seasonal naive';
const PEERS: Record<string, string> = {
  sf_AutoARIMA: 'statsforecast AutoARIMA',
  sf_AutoETS: 'statsforecast AutoETS',
  sf_AutoCES: 'statsforecast AutoCES',
  sf_MSTL_AutoETS: 'statsforecast MSTL with AutoETS',
  sf_AutoTheta: 'statsforecast AutoTheta',
  sf_DOT: 'statsforecast dynamic optimised Theta',
  sf_SeasonalNaive: NAIVE,
  prophet_py: 'Prophet',
};
const INTRODUCTION = `Real series of businesses and public statistics, each forecast from three origins: its last three horizons. \`MASE\` is the
mean absolute error over that of the seasonal naive forecast within the history; \`relMASE\` and \`relMSIS\` (the interval score
at 90 %) are geometric means over series of the ratio to the seasonal naive forecast: below 1 is better than it. Methods stand
in the order of \`relMASE\`. Times are those of one forecast, the back-test included; those of the peers come with their forecasts.`;
/** Other names of frequencies: business days, years as pandas says it. */
const LETTERS: Record<string, string> = { B: 'D', A: 'Y' };
/** Of each frequency, longer seasons that there may be beside the one listed. */
const LONGER: Record<string, number[]> = { H: [168] };

const words = process.argv.slice(2);
const target = words.includes('--write') ? words[words.indexOf('--write') + 1] : undefined;
const folder = words.find((word, i) => !word.startsWith('--') && words[i - 1] !== '--write');
if (folder === undefined || !existsSync(join(folder, 'index.json'))) {
  process.stderr.write('name a folder with an index.json: npm run bench:forecast -- FOLDER [--write FILE] [--smoke]\n');
  process.exit(2);
}

const listed = (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Listed[]).filter(
  (_, i) => !words.includes('--smoke') || i % 8 === 0
);
const own = new Map(listed.flatMap(foldsOf).flatMap((fold) => [[fold, ownForecast(fold)]] as const));
const folds = [...own].flatMap(([fold, forecast]) => (forecast ? [fold] : []));
const made = new Map<string, Map<Fold, Made>>([
  [OWN, new Map(folds.map((fold) => [fold, own.get(fold)!]))],
  ...peersOf(join(folder, 'peers.jsonl')),
]);
const naive = made.get(NAIVE);
made.set(
  NAIVE,
  new Map(
    folds.map((fold) => [
      fold,
      naive?.get(fold) ?? { ...seasonalNaiveOf(fold.past, fold.series.m, fold.series.h), ms: null },
    ])
  )
);

const text = table();
process.stdout.write(text);
if (target !== undefined) {
  writeFileSync(target, text);
}
const all = scored(OWN, folds)!;
const round = (value: number) => Math.round(1e4 * value) / 1e4;
process.stdout.write(
  `${JSON.stringify({ relMASE: round(all.relMASE), relMSIS: round(all.relMSIS), coverage: round(all.coverage), msPerForecast: round(all.ms!) })}\n`
);

/** The last three horizons, of which the past is long enough to be learned from. */
function foldsOf(series: Listed): Fold[] {
  const { name, m, h } = series;
  const [, ...lines] = readFileSync(join(folder!, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const data = lines.map((line) => line.split(',')).map(([ds, y]) => ({ ds: ds!, y: y ?? '' }));
  const values = data.map(({ y }) => (y.trim() === '' ? NaN : Number(y)));
  return [3, 2, 1].flatMap((back, fold) => {
    const at = values.length - back * h;
    if (at < Math.max(2 * m + 1, 24)) {
      return [];
    }
    const past = values.slice(0, at);
    const scale = scaleOf(past, m);
    const actual = values.slice(at, at + h);
    if (!(scale > 0) || actual.every(Number.isNaN)) {
      process.stderr.write(`left out: ${name}, fold ${fold}: nothing in it that could be scored\n`);
      return [];
    }
    const days = data.slice(0, at + h).map(({ ds }) => new Date(ds));
    return [{ series, fold, past, actual, scale, days }];
  });
}

/** Null where the history is too short for one. */
function ownForecast({ series: { name, m, h, freq }, fold, past, days }: Fold): Made | null {
  const seasons = [...(m > 1 ? [m] : []), ...(LONGER[freq[0]!] ?? [])];
  const started = performance.now();
  const calendar = /^[BD]/.test(freq) ? calendarOf(days) : undefined;
  const fit = fitForecast({ values: past, seasons, horizon: h, ...(calendar && { calendar }) });
  const ms = performance.now() - started;
  if (fit.state === 'refused') {
    process.stderr.write(`left out: ${name}, fold ${fold}: refused with ${fit.has} of ${fit.needs} values\n`);
    return null;
  }
  return { point: fit.point, lo: fit.band90.lower, hi: fit.band90.upper, ms };
}

function calendarOf(days: readonly Date[]): Calendar {
  const YEAR = 365.25 * 864e5;
  return {
    weekday: days.map((day) => day.getUTCDay()),
    yearPhase: days.map((day) => (day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / YEAR),
    holidays: days.map(() => null),
  };
}

function peersOf(file: string): Map<string, Map<Fold, Made>> {
  const peers = new Map<string, Map<Fold, Made>>();
  if (!existsSync(file)) {
    return peers;
  }
  const byKey = new Map(folds.map((fold) => [`${fold.series.name} ${fold.fold}`, fold]));
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { name, fold, method, ...forecast } = JSON.parse(line) as {
      name: string;
      fold: number;
      method: string;
    } & Made;
    const its = byKey.get(`${name} ${fold}`);
    if (its) {
      const title = PEERS[method] ?? method;
      peers.set(title, (peers.get(title) ?? new Map<Fold, Made>()).set(its, forecast));
    }
  }
  return peers;
}

/** Null unless the method made a forecast of each. */
function scored(method: string, of: readonly Fold[]) {
  const forecasts = made.get(method)!;
  if (!of.every((fold) => forecasts.has(fold))) {
    return null;
  }
  const score = (by: ReadonlyMap<Fold, Made>, fold: Fold): Scores => scoresOf(by.get(fold)!, fold.actual, fold.scale);
  const names = [...new Set(of.map(({ series }) => series.name))];
  const series = names.map((name) => {
    const its = of.filter(({ series }) => series.name === name);
    return {
      own: meanScores(its.map((fold) => score(forecasts, fold))),
      naive: meanScores(its.map((fold) => score(made.get(NAIVE)!, fold))),
    };
  });
  const times = of.flatMap((fold) => forecasts.get(fold)!.ms ?? []);
  const ms = times.length > 0 ? times.reduce((sum, time) => sum + time, 0) / times.length : null;
  return { ...summaryOf(series), ms, series: names.length };
}

function table(): string {
  const parts: Array<[string, Fold[]]> = [['All', folds]];
  for (const [title, letter] of Object.entries({
    Hourly: 'H',
    Daily: 'D',
    Weekly: 'W',
    Monthly: 'M',
    Quarterly: 'Q',
    Yearly: 'Y',
  })) {
    const its = folds.filter(({ series }) => (LETTERS[series.freq[0]!] ?? series.freq[0]) === letter);
    if (its.length > 0) {
      parts.push([title, its]);
    }
  }
  const lines = ['# Forecasts, measured', '', INTRODUCTION];
  for (const [title, its] of parts) {
    const rows = [...made.keys()].flatMap((method) => {
      const summary = scored(method, its);
      return summary ? [{ method, ...summary }] : [];
    });
    rows.sort((a, b) => a.relMASE - b.relMASE);
    lines.push('', `## ${title}: ${new Set(its.map(({ series }) => series.name)).size} series`, '');
    const cells = [
      ['method', 'MASE', 'relMASE', 'relMSIS', 'coverage %', 'ms'],
      ...rows.map(({ method, mase, relMASE, relMSIS, coverage, ms }) => [
        method === OWN ? `**${method}**` : method,
        mase.toFixed(2),
        relMASE.toFixed(3),
        relMSIS.toFixed(3),
        coverage.toFixed(1),
        ms === null ? '' : ms.toFixed(0),
      ]),
    ];
    const widths = cells[0]!.map((_, c) => Math.max(...cells.map((row) => row[c]!.length)));
    const row = (texts: string[]) => `| ${texts.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
    lines.push(
      row(cells[0]!),
      `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
      ...cells.slice(1).map(row)
    );
  }
  return `${lines.join('\n')}\n`;
}
