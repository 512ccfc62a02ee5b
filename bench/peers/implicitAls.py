"""implicit's alternating least squares on one thread: conjugate gradients in single and double precision, and Cholesky."""
import json
import sys
import warnings

import implicit
import numpy as np
import scipy.sparse as sp
from implicit.cpu.als import AlternatingLeastSquares

from timing import cpu_time

warnings.simplefilter("ignore")
path, rows, columns, factors, alpha, ridge = sys.argv[1], *(int(x) for x in sys.argv[2:5]), *(float(x) for x in sys.argv[5:7])
pairs = np.fromfile(path, dtype=np.int32).reshape(-1, 2)
held = sp.csr_matrix((np.ones(len(pairs), dtype=np.float32), (pairs[:, 0], pairs[:, 1])), shape=(rows, columns))


def fit(use_cg, dtype):
    # Its matrix is the confidence itself: alpha + 1 is ours.
    model = AlternatingLeastSquares(factors=factors, regularization=ridge, alpha=alpha + 1, iterations=15, random_state=42, num_threads=1, use_cg=use_cg, dtype=dtype)
    model.fit(held, show_progress=False)
    return model


figures = {"who": f"implicit {implicit.__version__}"}
for name, use_cg, dtype in (("single", True, np.float32), ("double", True, np.float64), ("exact", False, np.float64)):
    # Its exact solver takes half a minute for 64 factors.
    if use_cg or factors <= 32:
        figures[name], _ = cpu_time(lambda: fit(use_cg, dtype), 3 if use_cg else 1)
print(json.dumps(figures))
