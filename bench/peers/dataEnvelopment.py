"""One linear program per unit with scipy's HiGHS, outputs up, variable returns: as reference_scripts/dea.py."""
import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import linprog

n, m, s = (int(arg) for arg in sys.argv[2:5])
values = np.fromfile(sys.argv[1], dtype=np.float64).reshape(n, m + s)
values = values / values.max(0)
x, y = values[:, :m], values[:, m:]


def run():
    scores = np.zeros(n)
    c = np.r_[-1.0, np.zeros(n)]
    for o in range(n):
        a = np.r_[np.c_[np.zeros(m), x.T], np.c_[y[o], -y.T]]
        found = linprog(c, A_ub=a, b_ub=np.r_[x[o], np.zeros(s)], A_eq=np.r_[0, np.ones(n)][None], b_eq=[1], bounds=[(0, None)] * (n + 1), method="highs")
        scores[o] = found.x[0]
    return scores


# Each run is hundreds of programs: one is enough.
start = time.process_time()
scores = run()
millis = (time.process_time() - start) * 1000
print(json.dumps([{"who": f"scipy {scipy.__version__} HiGHS", "millis": millis, "sum": float(scores.sum())}]))
