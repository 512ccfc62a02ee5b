"""scikit-learn's k-means on one thread: Lloyd from given centres, its defaults with seeding, mini-batches, and predict."""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans

from timing import cpu_time

warnings.simplefilter("ignore")
path, start, rows, columns, segments, job, limit = sys.argv[1], sys.argv[2], *(int(x) if x.isdigit() else x for x in sys.argv[3:8])
X = np.fromfile(path, dtype=np.float64).reshape(rows, columns)
C = np.fromfile(start, dtype=np.float64).reshape(segments, columns)
jobs = {
    "lloyd": lambda: KMeans(segments, init=C, n_init=1, max_iter=limit, tol=0, algorithm="lloyd", copy_x=True).fit(X),
    "default": lambda: KMeans(segments, random_state=1).fit(X),
    "minibatch": lambda: MiniBatchKMeans(segments, random_state=1, n_init=3).fit(X),
}
repetitions = 3 if rows > 200_000 else 5
millis, model = cpu_time(jobs[job], repetitions)
inertia = float(((X - model.cluster_centers_[model.predict(X)]) ** 2).sum())
predicting, _ = cpu_time(lambda: model.predict(X), repetitions)
print(json.dumps({"who": f"scikit-learn {sklearn.__version__} {job}", "millis": millis, "inertia": inertia, "iterations": int(model.n_iter_), "predict": predicting}))
