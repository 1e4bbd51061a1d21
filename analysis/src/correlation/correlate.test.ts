import fc from 'fast-check';

import { clusterOrder } from './cluster-order';
import golden from './correlate.golden.json';
import { correlate, type PairResult } from './correlate';
import { linearFit } from './line';
import { centred } from './pearson';
import { effectiveSize, falseDiscoveryRates, persistenceOf, pOf } from './significance';

const SERIES = golden.series.map((one) => one.map((value) => value ?? NaN));

describe('as numpy 2.4.6, scipy 1.17.1 and statsmodels 0.15.0 have it', () => {
  const found = correlate(SERIES, { maxLag: golden.maxLag });

  it('coefficients, best lags and numbers of pairs, with gaps and ties', () => {
    golden.pairs.forEach((expected, i) => {
      const pair = found[i]!;
      expect({ a: pair.a, b: pair.b, lag: pair.lag, n: pair.n }).toEqual({
        a: expected.a,
        b: expected.b,
        lag: expected.lag,
        n: expected.n,
      });
      expect(Math.abs(pair.pearson - expected.pearson)).toBeLessThan(1e-9);
      expect(Math.abs(pair.r - expected.r)).toBeLessThan(1e-9);
      expect(Math.abs(pair.spearman - expected.spearman)).toBeLessThan(1e-9);
    });
  });

  it('p-values of independent values', () => {
    golden.pairs.forEach((expected) => {
      const both = SERIES[expected.a]!.filter(
        (v, i) => !Number.isNaN(v) && !Number.isNaN(SERIES[expected.b]![i])
      ).length;
      expect(Math.abs(pOf(expected.pearson, both) - expected.plainP)).toBeLessThan(1e-9);
      expect(Math.abs(pOf(expected.spearman, both) - expected.plainSpearmanP)).toBeLessThan(1e-9);
    });
  });

  it('effective sizes', () => {
    golden.effective.forEach(([a, b, size]) => {
      const of = (i: number) => persistenceOf(centred(SERIES[i]!));
      expect(Math.abs(effectiveSize(120, of(a!), of(b!)) - size!)).toBeLessThan(1e-9);
    });
  });

  it('rates of false discoveries', () => {
    falseDiscoveryRates(golden.rates.of).forEach((rate, i) => expect(rate).toBeCloseTo(golden.rates.are[i]!, 14));
  });
});

/** Normal noise, the same on every run (mulberry32 and Box–Muller). */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function autoregressive(n: number, phi: number, next: () => number): number[] {
  const out: number[] = [];
  for (let i = 0; i < n + 100; i++) {
    out.push(phi * (out.at(-1) ?? 0) + next());
  }
  return out.slice(100);
}

describe('independent series are not called related', () => {
  const random = noise(3);
  const falseAlarms = (n: number, phi: number, maxLag: number, pairs: number) => {
    let alarms = 0;
    for (let i = 0; i < pairs; i++) {
      const two = [autoregressive(n, phi, random), autoregressive(n, phi, random)];
      alarms += correlate(two, { maxLag })[0]!.p < 0.05 ? 1 : 0;
    }
    return alarms / pairs;
  };

  it('random walks: at most 6 % of 1,000 pairs at the 5 % level, with and without lags', () => {
    expect(falseAlarms(200, 1, 0, 1000)).toBeLessThanOrEqual(0.06);
    expect(falseAlarms(200, 1, 14, 1000)).toBeLessThanOrEqual(0.06);
    expect(falseAlarms(60, 1, 6, 500)).toBeLessThanOrEqual(0.06);
    expect(falseAlarms(730, 1, 14, 200)).toBeLessThanOrEqual(0.06);
  });

  // Two standard errors of a share of 5 % of 500 are 2 %.
  it.each([0.95, 0.7, 0, -0.5])('values that keep %p of the last one: about 5 %%', (phi) => {
    expect(falseAlarms(200, phi, 0, 500)).toBeLessThanOrEqual(0.07);
    expect(falseAlarms(200, phi, 14, 500)).toBeLessThanOrEqual(0.07);
  });

  it('but a follower is found, at its lag, through noise', () => {
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const first = autoregressive(230, 0.6, random);
      const second = first.map((_, t) => (first[t - 14] ?? 0) + random());
      const pair = correlate([first.slice(30), second.slice(30)], { maxLag: 28 })[0]!;
      found += pair.lag === 14 && pair.p < 0.01 ? 1 : 0;
    }
    expect(found).toBeGreaterThanOrEqual(98);
  });
});

const values = fc.array(fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.constant(NaN)), {
  minLength: 20,
  maxLength: 40,
});
const two = fc.tuple(values, values).map(([x, y]) => {
  const n = Math.min(x.length, y.length);
  return [x.slice(0, n), y.slice(0, n)];
});
const close = (a: number, b: number) => (Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) < 1e-6);

describe('properties', () => {
  const one = (series: number[][]) => correlate(series, { maxLag: 3 })[0]!;
  /** Equal strengths at several lags may come out either way by rounding. */
  const alike = (x: PairResult, y: PairResult, sign = 1) =>
    close(x.pearson, sign * y.pearson) && close(x.spearman, sign * y.spearman) && close(Math.abs(x.r), Math.abs(y.r));

  it('neither unit nor offset matters, and a turned sign turns r', () => {
    fc.assert(
      fc.property(two, ([x, y]) => {
        const plain = one([x!, y!]);
        const spread = (v: number[]) =>
          new Set(v.filter((n) => !Number.isNaN(n)).map((n) => n.toPrecision(6))).size > 5;
        fc.pre(spread(x!) && spread(y!));
        expect(alike(plain, one([x!.map((v) => v * 4 + 1024), y!]))).toBe(true);
        expect(alike(plain, one([x!.map((v) => -v), y!]), -1)).toBe(true);
      })
    );
  });

  it('the other way round, the follower leads', () => {
    fc.assert(fc.property(two, ([x, y]) => expect(alike(one([x!, y!]), one([y!, x!]))).toBe(true)));
    const random = noise(5);
    const first = autoregressive(100, 0.5, random);
    const second = first.map((_, t) => first[t - 2] ?? 0);
    expect(one([first, second]).lag).toBe(2);
    expect(one([second, first]).lag).toBe(-2);
  });

  it('no finite input breaks it; p and r stay in their ranges', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 }), (x) => {
        const { r, p, q } = correlate([x, x.toReversed()], { maxLag: 5 })[0]!;
        expect(Number.isNaN(r) || Math.abs(r) <= 1).toBe(true);
        expect([p, q].every((v) => Number.isNaN(v) || (v >= 0 && v <= 1))).toBe(true);
      })
    );
  });

  it('what does not vary has no correlation', () => {
    const pair = one([Array(30).fill(7.1), Array.from({ length: 30 }, (_, i) => i % 7)]);
    expect([pair.pearson, pair.spearman, pair.r, pair.p, pair.q]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });
});

it('the order puts what is alike together', () => {
  const near = (i: number, j: number) => (i === j ? 0 : i % 3 === j % 3 ? 0.1 : 0.9);
  const distance = Array.from({ length: 81 }, (_, k) => near(Math.floor(k / 9), k % 9));
  const order = clusterOrder(distance, 9);
  expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const blocks = order.map((i) => i % 3).filter((block, i, all) => block !== all[i - 1]);
  expect(blocks).toHaveLength(3);
  expect(clusterOrder([], 0)).toEqual([]);
});

it('the line through points is that of least squares', () => {
  const fit = linearFit([1, 2, 3, NaN, 4], [2.1, 3.9, 6.2, 1, 7.8]);
  expect(fit.slope).toBeCloseTo(1.94, 12);
  expect(fit.intercept).toBeCloseTo(0.15, 12);
});
