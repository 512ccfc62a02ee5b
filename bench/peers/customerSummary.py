"""Frequency, recency, tenure and mean spend by lifetimes, of all and split into calibration and holdout."""
import json
import sys
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
from lifetimes.utils import calibration_and_holdout_data, summary_data_from_transaction_data

from timing import cpu_time

customer, day, amount, split, end = sys.argv[1:]
frame = pd.DataFrame({
    "id": np.fromfile(customer, dtype=np.int32),
    "date": pd.to_datetime(np.fromfile(day, dtype=np.float64), unit="ms"),
    "paid": np.fromfile(amount, dtype=np.float64),
})


def summary():
    return summary_data_from_transaction_data(frame, "id", "date", monetary_value_col="paid", observation_period_end=end)


def holdout():
    return calibration_and_holdout_data(frame, "id", "date", calibration_period_end=split, observation_period_end=end)


millis, found = cpu_time(summary, 1 if len(frame) > 100_000 else 5)
split_millis, parts = cpu_time(holdout, 1)
print(json.dumps({
    "who": "lifetimes",
    "millis": millis,
    "splitMillis": split_millis,
    "totals": [found.frequency.sum(), found.recency.sum(), found["T"].sum(), found.monetary_value.sum()],
    "splitTotals": [parts.frequency_cal.sum(), parts.recency_cal.sum(), parts.T_cal.sum(), parts.frequency_holdout.sum()],
}))
