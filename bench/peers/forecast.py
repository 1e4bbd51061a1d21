"""Forecasts with 90 % intervals by statsforecast, one after the other on one core.

forecast.py SERIES COUNT LENGTH HORIZON ETS ARIMA: SERIES holds doubles, one series after the other, of daily values whose last
HORIZON are held back. ETS and ARIMA: how many of the series AutoETS and AutoARIMA forecast. Prints one line of JSON: by method
milliseconds of CPU time a forecast (compilation aside) and what it forecast.
"""

import json
import sys
import time

import numpy as np
import statsforecast
from statsforecast.models import AutoARIMA, AutoETS

path, count, length, horizon, ets, arima = sys.argv[1], *map(int, sys.argv[2:7])
series = np.fromfile(path).reshape(count, length)[:, : length - horizon]


def forecasts(model, some):
    model().forecast(series[0], horizon, level=[90])
    start = time.process_time()
    made = [model().forecast(past, horizon, level=[90]) for past in some]
    ms = 1000 * (time.process_time() - start) / len(some)
    return {"ms": ms, "point": [one["mean"].tolist() for one in made], "lo": [one["lo-90"].tolist() for one in made],
            "hi": [one["hi-90"].tolist() for one in made]}


print(json.dumps({
    "peer": f"statsforecast {statsforecast.__version__}",
    "AutoETS": forecasts(lambda: AutoETS(season_length=7), series[:ets]),
    "AutoARIMA": forecasts(lambda: AutoARIMA(season_length=7), series[:arima]),
}))
