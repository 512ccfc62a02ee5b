"""python cox.py x.f64 time.f64 event.u8 rows columns: times CoxPHFitter of lifelines in CPU milliseconds, one run."""
import json
import sys
import time

import lifelines
import numpy as np
import pandas as pd

x, times, events = sys.argv[1:4]
n, p = int(sys.argv[4]), int(sys.argv[5])
data = pd.DataFrame(np.fromfile(x, dtype="f8").reshape(p, n).T, columns=[f"x{j}" for j in range(p)])
data["time"] = np.fromfile(times, dtype="f8")
data["event"] = np.fromfile(events, dtype="u1")
start = time.process_time()
fit = lifelines.CoxPHFitter().fit(data, "time", "event")
print(json.dumps({"who": f"lifelines {lifelines.__version__}", "millis": (time.process_time() - start) * 1000, "logLikelihood": fit.log_likelihood_}))
