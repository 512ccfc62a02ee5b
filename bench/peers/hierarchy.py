"""hierarchy.py x.f64 rows columns linkage: times scipy's tree of merges."""
import json
import sys

import numpy as np
from scipy.cluster.hierarchy import linkage

from timing import cpu_time

rows, columns = (int(a) for a in sys.argv[2:4])
x = np.fromfile(sys.argv[1]).reshape(rows, columns)
millis, tree = cpu_time(lambda: linkage(x, sys.argv[4]), 3)
print(json.dumps({"millis": millis, "sum": float(tree[:, 2].sum())}))
