"""Concordance by lifelines; area under the curve in time and Brier scores by scikit-survival, at the times given."""
import json
import sys

import lifelines
import numpy as np
import sksurv
from lifelines.utils import concordance_index
from sksurv.metrics import brier_score, cumulative_dynamic_auc
from sksurv.util import Surv

from timing import cpu_time

time, risk = (np.fromfile(path, dtype=np.float64) for path in (sys.argv[1], sys.argv[3]))
event = np.fromfile(sys.argv[2], dtype=np.uint8).astype(bool)
times = [float(one) for one in sys.argv[4].split(",")]
millis, estimate = cpu_time(lambda: concordance_index(time, -risk, event), 1)
found = {"who": f"lifelines {lifelines.__version__}", "millis": millis, "estimate": estimate}
if len(time) <= 100_000:
    y = Surv.from_arrays(event, time)
    survival = np.exp(-np.outer(0.01 * np.exp(risk), times))
    found["horizons"], (area, brier) = cpu_time(lambda: (cumulative_dynamic_auc(y, y, risk, times)[0], brier_score(y, y, survival, times)[1]), 1)
    found |= {"sksurv": f"scikit-survival {sksurv.__version__}", "auc": area.tolist(), "brier": brier.tolist()}
print(json.dumps(found))
