"""scikit-learn's HistGradientBoosting and XGBoost's hist, leaf by leaf, 100 trees of 31 leaves at learning rate .1; one thread each (OMP_NUM_THREADS=1)."""
import json
import sys

import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss

from timing import cpu_time

rows, held, columns, repetitions = (int(argument) for argument in sys.argv[3:7])
X = np.fromfile(sys.argv[1], dtype=np.float64).reshape(columns, rows + held).T
y = np.fromfile(sys.argv[2], dtype=np.uint8)
train, test = np.ascontiguousarray(X[:rows]), np.ascontiguousarray(X[rows:])
fits = {
    f"scikit-learn {sklearn.__version__}": lambda: HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, min_samples_leaf=20, early_stopping=False).fit(train, y[:rows]),
    f"XGBoost {xgboost.__version__} hist": lambda: xgboost.XGBClassifier(n_estimators=100, max_leaves=31, max_depth=0, grow_policy="lossguide", learning_rate=0.1, tree_method="hist", max_bin=256, n_jobs=1).fit(train, y[:rows]),
}
found = []
for who, fit in fits.items():
    millis, model = cpu_time(fit, repetitions)
    found.append({"who": who, "millis": millis, "loss": float(log_loss(y[rows:], model.predict_proba(test)[:, 1].astype(float)))})
print(json.dumps(found))
