"""Makes correlate.golden.json. numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0."""
import json
import numpy
import scipy
import statsmodels
from numpy.random import default_rng
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import acf

assert (numpy.__version__, scipy.__version__, statsmodels.__version__) == ("2.4.6", "1.17.1", "0.15.0")
random = default_rng(7)
N, LAG = 120, 5


def persistent(phi):
    noise = random.normal(size=N + 50)
    for i in range(1, N + 50):
        noise[i] += phi * noise[i - 1]
    return noise[50:]


lead = persistent(0.6)
follow = numpy.roll(lead, 3) + 0.5 * random.normal(size=N)
ties = numpy.round(persistent(0.3))
gaps = persistent(0.2) * 1e6 + 1e9
gaps[[3, 4, 50, 90]] = numpy.nan
series = [lead, follow, ties, gaps, persistent(0.95)]


def overlap(x, y, lag):
    a, b = x[max(0, -lag):N - max(0, lag)], y[max(0, lag):N - max(0, -lag)]
    both = ~numpy.isnan(a) & ~numpy.isnan(b)
    return a[both], b[both]


pairs = []
for a in range(len(series)):
    for b in range(a + 1, len(series)):
        x, y = series[a], series[b]
        at = {lag: stats.pearsonr(*overlap(x, y, lag)) for lag in range(-LAG, LAG + 1)}
        best = max(at, key=lambda lag: (abs(at[lag].statistic), -abs(lag)))
        rank = stats.spearmanr(*overlap(x, y, 0))
        pairs.append({
            "a": a, "b": b, "n": len(overlap(x, y, best)[0]), "lag": best,
            "pearson": at[0].statistic, "plainP": at[0].pvalue, "r": at[best].statistic,
            "spearman": rank.statistic, "plainSpearmanP": rank.pvalue,
        })
some = [0.001, 0.2, 0.03, 0.04, 0.7, 0.0005]


def sample_acf(x, lags):
    """Each lag's mean product over the mean square: statsmodels' `adjusted`."""
    return acf(x, nlags=lags, adjusted=True, fft=False)[1:]


def effective(x, y):
    k = numpy.arange(1, N // 5 + 1)
    by_all = N / max(1, 1 + 2 * ((N - k) / N * sample_acf(x, N // 5) * sample_acf(y, N // 5)).sum())
    first = [acf(s, nlags=1, fft=False)[1] for s in (x, y)]
    phi = numpy.prod([min(0.999, r + (1 + 4 * r) / N) for r in first])
    return min(by_all, N * (1 - phi) / (1 + phi) if phi > 0 else N)


print(json.dumps({
    "series": [[None if numpy.isnan(v) else v for v in s] for s in series],
    "maxLag": LAG, "pairs": pairs,
    "effective": [[a, b, effective(series[a], series[b])] for a, b in ((0, 1), (0, 2), (0, 4), (1, 4))],
    "rates": {"of": some, "are": multipletests(some, method="fdr_bh")[1].tolist()},
}))
