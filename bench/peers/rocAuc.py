import json
import sys

import numpy as np
import sklearn
from sklearn.metrics import roc_auc_score

from timing import cpu_time

labels = np.fromfile(sys.argv[1], dtype=np.uint8)
scores = np.fromfile(sys.argv[2], dtype=np.float64)
millis, auc = cpu_time(lambda: roc_auc_score(labels, scores))
print(json.dumps({"who": f"scikit-learn {sklearn.__version__} roc_auc_score", "millis": millis, "auc": auc}))
