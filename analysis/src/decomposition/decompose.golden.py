"""Makes decompose.golden.json. statsmodels 0.15.0, numpy 2.4.6."""
import json
import numpy
import statsmodels
from statsmodels.tsa.seasonal import MSTL, STL

assert (statsmodels.__version__, numpy.__version__) == ("0.15.0", "2.4.6")
random = numpy.random.default_rng(11)
t = numpy.arange(150)
weekly = 10 + 0.05 * t + 2 * numpy.sin(2 * numpy.pi * t / 7) + random.normal(size=150)
weekly[[20, 77]] += 15
both = weekly + 3 * numpy.cos(2 * numpy.pi * t / 30)


def parts(found):
    season = found.seasonal
    columns = season.T.tolist() if season.ndim > 1 else [season.tolist()]
    return {"trend": found.trend.tolist(), "seasons": columns, "remainder": found.resid.tolist()}


print(json.dumps({
    "weekly": weekly.tolist(),
    "both": both.tolist(),
    "plain": parts(STL(weekly, period=7, seasonal=7).fit()),
    "robust": parts(STL(weekly, period=7, seasonal=7, robust=True).fit()),
    "long": parts(STL(weekly, period=40, seasonal=7).fit()),
    "two": parts(MSTL(both, periods=(7, 30)).fit()),
}))
