"""How many come back after each silence: gaps by day in numpy, their Kaplan-Meier curve in numpy and in lifelines."""
import json
import sys

import numpy as np

from timing import cpu_time

customer, time, end_day, horizon = sys.argv[1:]
customer = np.fromfile(customer, dtype=np.int32)
days = np.floor(np.fromfile(time, dtype=np.float64) / 86_400_000).astype(np.int64)
END, HORIZON = int(end_day), int(horizon)


def gaps():
    """Gaps of days of visits, and whether they closed."""
    key = np.unique(customer.astype(np.int64) * 100_000 + days)
    who, day = key // 100_000, key % 100_000
    following = np.empty_like(day)
    following[:-1] = day[1:]
    closed = np.zeros(len(day), dtype=bool)
    closed[:-1] = who[1:] == who[:-1]
    return np.where(closed, following, END) - day, closed


def curve(lengths, closed):
    size = lengths.max() + 1
    left = np.bincount(lengths, minlength=size)
    events = np.bincount(lengths[closed], minlength=size)
    risk = len(lengths) - np.concatenate([[0], np.cumsum(left)[:-1]])
    return np.cumprod(1 - events / risk)


def by_numpy():
    survival = curve(*gaps())
    regain = 1 - survival[HORIZON:] / survival[:-HORIZON]
    return float(regain[0]), int(np.argmax(regain <= 0.2))


millis, (at_once, first) = cpu_time(by_numpy, 3)
result = {"millis": millis, "regain": at_once, "first": first, "version": np.__version__}
try:
    import lifelines

    def by_lifelines():
        lengths, closed = gaps()
        return lifelines.KaplanMeierFitter().fit(lengths, closed)

    result["lifelines"], _ = cpu_time(by_lifelines, 3)
except ImportError:
    pass
print(json.dumps(result))
