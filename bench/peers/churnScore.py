"""scikit-learn's HistGradientBoosting with probabilities calibrated on five folds (isotonic), judged on the last third of the rows and learnt again from all; one thread (OMP_NUM_THREADS=1)."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score

x_path, y_path, fresh_path, fresh_y_path, rows, columns = sys.argv[1:]
X = np.fromfile(x_path).reshape(int(columns), int(rows)).T
y = np.fromfile(y_path)
fresh_y = np.fromfile(fresh_y_path)
fresh = np.fromfile(fresh_path).reshape(int(columns), len(fresh_y)).T

start = time.process_time()
model = CalibratedClassifierCV(HistGradientBoostingClassifier(learning_rate=0.05, max_iter=150, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=1), method="isotonic", cv=5)
earlier = int(rows) * 2 // 3
roc_auc_score(y[earlier:], model.fit(X[:earlier], y[:earlier]).predict_proba(X[earlier:])[:, 1])
model.fit(X, y)
millis = 1000 * (time.process_time() - start)
print(json.dumps({"who": f"scikit-learn {sklearn.__version__}", "millis": millis, "logLoss": log_loss(fresh_y, model.predict_proba(fresh)[:, 1])}))
