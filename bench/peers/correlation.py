"""The answer of `correlate` in numpy and scipy: Pearson, Spearman, the best lag and corrected p-values of all pairs.

correlation.py SERIES COUNT LENGTH LAGS RUNS: SERIES holds doubles, one series after the other. Prints one line of JSON: seconds
of wall clock and of CPU time, the least of all runs, and what came of it, in the order of the pairs.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy import special, stats

path, count, length, lags, runs = sys.argv[1], *map(int, sys.argv[2:6])
series = np.fromfile(path).reshape(count, length)
pairs = np.triu_indices(count, 1)


def standardised(x):
    x = x - x.mean(axis=1, keepdims=True)
    return x / np.sqrt((x * x).sum(axis=1, keepdims=True))


def persistence(x):
    """Autocorrelations to a fifth of the length, and the one at one step corrected for its bias."""
    z = standardised(x)
    steps = np.arange(1, length // 5 + 1)
    products = np.stack([(z[:, k:] * z[:, :-k]).sum(axis=1) for k in steps], axis=1)
    first = products[:, 0]
    acf = products / (length - steps) * length
    return acf, np.minimum(0.999, first + (1 + 4 * first) / length)


def effective(n, acf, phi):
    """Independent values that n values of each pair are worth (Pyper & Peterman 1998; Bartlett 1935)."""
    by_all = np.empty(len(n))
    for size in np.unique(n):
        at = n == size
        steps = np.arange(1, size // 5 + 1)
        left = acf[:, : len(steps)]
        total = (left * ((size - steps) / size)) @ left.T
        by_all[at] = size / np.maximum(1, 1 + 2 * total[pairs][at])
    product = phi[pairs[0]] * phi[pairs[1]]
    return np.minimum(by_all, np.where(product > 0, n * (1 - product) / (1 + product), n))


def p_of(r, size):
    df = np.maximum(size - 2, 0.5)
    p = 2 * special.stdtr(df, -np.abs(r) * np.sqrt(df / (1 - r * r)))
    return np.where(size < 2.5, 1, p)


def answer():
    pearson = np.empty((2 * lags + 1, count, count))
    for lag in range(lags + 1):
        ahead = standardised(series[:, : length - lag]) @ standardised(series[:, lag:]).T
        pearson[lags + lag], pearson[lags - lag] = ahead, ahead.T
    ranks = stats.rankdata(series, axis=1)
    spearman = np.corrcoef(ranks)[pairs]
    by_lag = pearson[:, *pairs]
    best = np.abs(by_lag).argmax(axis=0)
    r = np.take_along_axis(by_lag, best[None], axis=0)[0]
    lag = best - lags
    n, whole = length - np.abs(lag), np.full(len(r), length)
    own, of_ranks = persistence(series), persistence(ranks)
    size = effective(n, *own)
    tries = 1 + 2 * lags * size / n
    p = -np.expm1(tries * np.log1p(-np.minimum(p_of(r, size), 1 - 1e-16)))
    pearson_p = p_of(by_lag[lags], effective(whole, *own))
    spearman_p = p_of(spearman, effective(whole, *of_ranks))
    q = stats.false_discovery_control(p)
    return {"pearson": by_lag[lags], "spearman": spearman, "lag": lag, "r": r, "p": p, "pearsonP": pearson_p,
            "spearmanP": spearman_p, "q": q}


answer()
walls, cpus = [], []
for _ in range(runs):
    wall, cpu = time.perf_counter(), time.process_time()
    found = answer()
    walls.append(time.perf_counter() - wall)
    cpus.append(time.process_time() - cpu)
print(json.dumps({"peer": f"numpy {np.__version__}, scipy {scipy.__version__}", "wall": min(walls), "cpu": min(cpus),
                  "found": {name: values.tolist() for name, values in found.items()}}))
