"""scikit-learn's histogram gradient boosting, 100 trees of 31 leaves: the time of predict_proba."""
import json
import sys

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier

from timing import cpu_time

count = int(sys.argv[4])
X = np.ascontiguousarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(20, -1).T)
y = np.fromfile(sys.argv[2], dtype=np.uint8)
rows = np.ascontiguousarray(np.fromfile(sys.argv[3], dtype=np.float64).reshape(20, count).T)
model = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, early_stopping=False).fit(X, y)
millis, _ = cpu_time(lambda: model.predict_proba(rows), 3)
print(json.dumps({"who": f"scikit-learn {sklearn.__version__} HGB", "millis": millis}))
