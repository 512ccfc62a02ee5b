import json
import sys

import numpy as np
import sklearn
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

from timing import cpu_time

what = sys.argv[1]
labels = np.fromfile(sys.argv[2], dtype=np.uint8)
values = np.fromfile(sys.argv[3], dtype=np.float64)
who = f"scikit-learn {sklearn.__version__}"

if what == "metrics":
    result = {
        "who": who,
        "logLoss": cpu_time(lambda: log_loss(labels, values), 3)[0],
        "averagePrecision": cpu_time(lambda: average_precision_score(labels, values), 3)[0],
    }
elif what == "bootstrap":
    # Counts of draws as weights, which spares copying the rows; 20 samples, times 10.
    def samples():
        rng = np.random.default_rng(1)
        n = len(labels)
        draw = lambda: np.bincount(rng.integers(0, n, n), minlength=n)
        return np.std([roc_auc_score(labels, values, sample_weight=draw()) for _ in range(20)], ddof=1)

    millis, standard_error = cpu_time(samples, 3)
    result = {"who": f"{who} roc_auc_score by weights", "millis": 10 * millis, "standardError": float(standard_error)}
else:
    design = values.reshape(20, -1).T.copy()
    model = LogisticRegression(C=np.inf, solver="newton-cholesky").fit(design, labels)
    run = lambda: permutation_importance(model, design, labels, scoring="neg_log_loss", n_repeats=5, random_state=0)
    result = {"who": who, "millis": cpu_time(run, 3)[0]}
print(json.dumps(result))
