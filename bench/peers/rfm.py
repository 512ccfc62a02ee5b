"""Recency, frequency and money by pandas: group by customer, cut at the quintiles, name the champions."""
import json
import sys

import numpy as np
import pandas as pd

from timing import cpu_time

customer, time, amount, as_of = sys.argv[1:]
frame = pd.DataFrame({
    "customer": np.fromfile(customer, dtype=np.int32),
    "time": np.fromfile(time, dtype=np.float64),
    "amount": np.fromfile(amount, dtype=np.float64),
})
AS_OF = float(as_of)
DAY = 86_400_000


def score(values):
    cuts = np.quantile(values, [0.2, 0.4, 0.6, 0.8])
    return 1 + np.searchsorted(cuts, values, side="left")


def rfm():
    groups = frame.groupby("customer")
    table = groups.agg(last=("time", "max"), frequency=("time", "size"), monetary=("amount", "sum"))
    recency = AS_OF // DAY - table["last"].to_numpy() // DAY
    r = 6 - score(recency)
    f = score(table["frequency"].to_numpy())
    m = score(table["monetary"].to_numpy())
    code = r * 100 + f * 10 + m
    return int(((r == 5) & (f >= 4)).sum()), code


millis, (champions, _) = cpu_time(rfm)
print(json.dumps({"millis": millis, "champions": champions, "version": pd.__version__}))
