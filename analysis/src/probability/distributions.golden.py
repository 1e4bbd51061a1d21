"""Makes distributions.golden.json. scipy 1.17.1."""
import json
import scipy
from scipy import stats

assert scipy.__version__ == "1.17.1"
print(json.dumps({
    "normalCdf": [[z, stats.norm.cdf(z)] for z in (-8, -3.2, -1, -0.01, 0, 0.5, 1.96, 4)],
    "normalQuantile": [[p, stats.norm.ppf(p)] for p in (1e-9, 0.001, 0.05, 0.3, 0.5, 0.75, 0.975, 0.9999)],
    "studentTwoSided": [[t, df, 2 * stats.t.sf(abs(t), df)] for t in (-30, -2.2, 0, 0.3, 1.7, 6) for df in (1, 2.5, 10, 97, 728)],
    "chiSquareAbove": [[x, df, stats.chi2.sf(x, df)] for x in (0.1, 1, 5.99, 40) for df in (1, 2, 7, 30)],
    "fisherAbove": [[f, a, b, stats.f.sf(f, a, b)] for f in (0.2, 1, 3.3, 20) for a, b in ((1, 10), (6, 700), (11, 48))],
}, indent=1))
