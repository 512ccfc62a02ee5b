"""scikit-uplift's two models over scikit-learn's logistic regression, and a DR learner with five folds by hand on the same."""
import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression

from timing import cpu_time

rows, columns = int(sys.argv[4]), int(sys.argv[5])
X = np.ascontiguousarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(columns, rows).T)
w = np.fromfile(sys.argv[2], dtype=np.float64)
y = np.fromfile(sys.argv[3], dtype=np.float64)
found = []


def logistic():
    return LogisticRegression(penalty=None, solver="newton-cholesky", tol=1e-8)


def two_models():
    treated = logistic().fit(X[w == 1], y[w == 1])
    control = logistic().fit(X[w == 0], y[w == 0])
    return treated.predict_proba(X[:100])[:, 1] - control.predict_proba(X[:100])[:, 1]


def doubly_robust():
    share = w.mean()
    fold = np.random.default_rng(1).permutation(rows) % 5
    psi = np.empty(rows)
    for k in range(5):
        learn, judge = fold != k, fold == k
        m1 = logistic().fit(X[learn & (w == 1)], y[learn & (w == 1)]).predict_proba(X[judge])[:, 1]
        m0 = logistic().fit(X[learn & (w == 0)], y[learn & (w == 0)]).predict_proba(X[judge])[:, 1]
        psi[judge] = m1 - m0 + w[judge] * (y[judge] - m1) / share - (1 - w[judge]) * (y[judge] - m0) / (1 - share)
    return LinearRegression().fit(X, psi).predict(X[:100])


def add(who, method, run):
    millis, first = cpu_time(run, 3)
    found.append({"who": who, "method": method, "millis": millis, "first": [float(value) for value in first]})


add(f"scikit-learn {sklearn.__version__} two LogisticRegression", "T", two_models)
try:
    import sklift
    from sklift.models import TwoModels

    model = lambda: TwoModels(logistic(), logistic(), method="vanilla").fit(X, y, w).predict(X[:100])
    add(f"scikit-uplift {sklift.__version__} TwoModels", "T", model)
except ImportError:
    pass
if rows <= 100_000:
    add(f"scikit-learn {sklearn.__version__} DR by hand", "DR", doubly_robust)
print(json.dumps(found))
