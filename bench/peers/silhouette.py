"""scikit-learn's indices of a partition: silhouette, Calinski-Harabasz, Davies-Bouldin."""
import json
import sys

import numpy as np
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

from timing import cpu_time

rows, columns = int(sys.argv[3]), int(sys.argv[4])
X = np.ascontiguousarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(columns, rows).T)
labels = np.fromfile(sys.argv[2], dtype=np.int32)
found = {}
for name, score in (("silhouette", silhouette_score), ("calinskiHarabasz", calinski_harabasz_score), ("daviesBouldin", davies_bouldin_score)):
    millis, value = cpu_time(lambda: score(X, labels))
    found[name] = {"millis": millis, "value": float(value)}
print(json.dumps(found))
