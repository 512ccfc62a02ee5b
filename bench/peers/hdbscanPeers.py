"""hdbscanPeers.py x.f64 rows columns minSize minSamples: times HDBSCAN of scikit-learn and of the package hdbscan (which does not count the row itself)."""
import json
import sys
import warnings

import hdbscan
import numpy as np
from sklearn.cluster import HDBSCAN

from timing import cpu_time

warnings.filterwarnings("ignore")
rows, columns, min_size, min_samples = (int(a) for a in sys.argv[2:6])
x = np.fromfile(sys.argv[1]).reshape(rows, columns)
results = []
for who, fit in (
    ("scikit-learn", lambda: HDBSCAN(min_cluster_size=min_size, min_samples=min_samples).fit(x)),
    ("hdbscan", lambda: hdbscan.HDBSCAN(min_cluster_size=min_size, min_samples=min_samples - 1, core_dist_n_jobs=1).fit(x)),
):
    millis, model = cpu_time(fit, 1)
    results.append({"who": who, "millis": millis, "noise": int((model.labels_ < 0).sum())})
print(json.dumps(results))
