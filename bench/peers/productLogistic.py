"""One LogisticRegression a product on the sparse columns of our design: rows that hold the product left out, its own column with no effect."""
import json
import sys
import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from timing import cpu_time

warnings.filterwarnings("ignore")
paths, (columns, products) = sys.argv[1:8], map(int, sys.argv[8:10])


def read(offsets, cells, width):
    starts, places = np.fromfile(offsets, np.uint32).astype(np.int64), np.fromfile(cells, np.int32)
    return sp.csr_matrix((np.ones(len(places)), places, starts), shape=(len(starts) - 1, width))


x, held, taken = read(*paths[0:2], columns), read(*paths[2:4], products), read(*paths[4:6], products)
ours = np.fromfile(paths[6]).reshape(-1, products)
free = [np.flatnonzero(held[:, j].toarray()[:, 0] == 0) for j in range(products)]
parts = [(x[rows], taken[rows][:, j].toarray()[:, 0]) for j, rows in enumerate(free)]


def fit(**options):
    return [LogisticRegression(C=1.0, **options).fit(*part) for part in parts]


result = []
for who, options in [("scikit-learn lbfgs", {"max_iter": 100}), ("scikit-learn lbfgs, tol 1e-8", {"tol": 1e-8, "max_iter": 5000}), ("scikit-learn newton-cg, tol 1e-8", {"solver": "newton-cg", "tol": 1e-8, "max_iter": 500})]:
    millis, models = cpu_time(lambda: fit(**options), 1)
    gaps = [np.abs(model.decision_function(part[0]) - ours[rows, j]).max() for j, (model, part, rows) in enumerate(zip(models, parts, free))]
    result.append({"who": who, "millis": millis, "largest": float(max(gaps))})
print(json.dumps(result))
