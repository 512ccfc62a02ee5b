"""nearestPeers.py x.f64 rows columns k: times scikit-learn's exact nearest neighbours of all rows among all rows, both its methods."""
import json
import sys

import numpy as np
from sklearn.neighbors import NearestNeighbors

from timing import cpu_time

rows, columns, k = (int(a) for a in sys.argv[2:5])
x = np.fromfile(sys.argv[1]).reshape(columns, rows).T
z = np.ascontiguousarray((x - x.mean(axis=0)) / x.std(axis=0))
results = []
for method in ("kd_tree", "brute"):
    millis, (distances, _) = cpu_time(lambda: NearestNeighbors(n_neighbors=k, algorithm=method).fit(z).kneighbors(z), 1)
    results.append({"who": f"scikit-learn {method}", "millis": millis, "distances": distances[:50].ravel().tolist()})
print(json.dumps(results))
