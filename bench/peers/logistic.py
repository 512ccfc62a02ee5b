"""scikit-learn without penalty on raw columns: newton-cholesky and lbfgs at their default tolerance, newton-cholesky to 1e-10."""
import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

from timing import cpu_time

rows, columns = int(sys.argv[3]), int(sys.argv[4])
X = np.asfortranarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(columns, rows).T)
X = np.ascontiguousarray(X)
y = np.fromfile(sys.argv[2], dtype=np.uint8)
found = []
for solver, tol in (("newton-cholesky", 1e-4), ("newton-cholesky", 1e-10), ("lbfgs", 1e-4)):
    millis, model = cpu_time(lambda: LogisticRegression(C=np.inf, solver=solver, tol=tol, max_iter=1000).fit(X, y), 3)
    found.append({
        "who": f"scikit-learn {sklearn.__version__} {solver} {tol:g}",
        "millis": millis,
        "coefficients": [float(model.intercept_[0]), *map(float, model.coef_[0])],
    })
print(json.dumps(found))
