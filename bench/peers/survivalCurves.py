"""survivalCurves.py time.f64 cause.f64 group.f64 rows: CPU milliseconds of lifelines' Kaplan-Meier, log-rank test and Aalen-Johansen."""
import json
import sys
import time
import warnings

import lifelines
import numpy as np
from lifelines.statistics import multivariate_logrank_test

warnings.filterwarnings("ignore")
t, cause, group = (np.fromfile(path) for path in sys.argv[1:4])


def timed(run, repetitions):
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        result = run()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[repetitions // 2], result


km, curve = timed(lambda: lifelines.KaplanMeierFitter().fit(t, cause > 0), 3)
rank, test = timed(lambda: multivariate_logrank_test(t, group, cause > 0), 3)
out = {"who": f"lifelines {lifelines.__version__}", "km": km, "median": curve.median_survival_time_, "logRank": rank, "statistic": test.test_statistic}
print(json.dumps(out))
