"""kprototypes.py numbers.f64 codes.f64 rows numbers categories segments gamma: times kmodes' KPrototypes for one start and for its default ten."""
import json
import sys

import numpy as np
from kmodes.kprototypes import KPrototypes

from timing import cpu_time

rows, width, depth, segments = (int(a) for a in sys.argv[3:7])
gamma = float(sys.argv[7])
numbers = np.fromfile(sys.argv[1]).reshape(rows, width)
codes = np.fromfile(sys.argv[2]).reshape(rows, depth).astype(int)
x = np.empty((rows, width + depth), dtype=object)
x[:, :width] = numbers
x[:, width:] = codes
results = []
for starts, repetitions in ((1, 3), (10, 1)) if rows <= 1000 else ((1, 1),):
    millis, model = cpu_time(
        lambda: KPrototypes(n_clusters=segments, gamma=gamma, n_init=starts, random_state=1).fit(x, categorical=list(range(width, width + depth))), repetitions
    )
    results.append({"who": f"kmodes n_init={starts}", "millis": millis, "cost": float(model.cost_)})
print(json.dumps(results))
