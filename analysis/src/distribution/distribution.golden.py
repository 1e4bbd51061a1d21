"""Golden values of descriptions and tests: numpy 2.4.6, scipy 1.17.1. Prints distribution.golden.json."""
import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(7)
samples = {
    "normal": rng.normal(100, 12, 60),
    "skewed": rng.exponential(5, 45),
    "rising": np.cumsum(rng.normal(0.4, 1, 50)),
    "ties": rng.integers(0, 6, 40).astype(float),
    "small": rng.normal(0, 1e-6, 24),
}
out = []
for name, x in samples.items():
    k2, p = stats.normaltest(x)
    groups = [x[0::3], x[1::3], x[2::3] + 0.3 * x.std()]
    h, hp = stats.kruskal(*groups)
    slope = stats.theilslopes(x).slope
    out.append(
        {
            "name": name,
            "values": x.tolist(),
            "mean": x.mean(),
            "deviation": x.std(ddof=1),
            "quartiles": np.percentile(x, [25, 50, 75]).tolist(),
            "skewness": stats.skew(x),
            "kurtosis": stats.kurtosis(x),
            "normality": [k2, p],
            "slope": slope,
            "groups": [g.tolist() for g in groups],
            "kruskal": [h, hp],
        }
    )
# Kendall's score without ties and persistence is that of scipy's exact tau.
x = samples["normal"]
tau = stats.kendalltau(np.arange(len(x)), x).statistic
print(json.dumps({"samples": out, "tau": tau}))
