"""scikit-learn's Gaussian mixture: ten EM steps from given parameters, and its default fit."""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

from timing import cpu_time

warnings.filterwarnings("ignore")
rows, width, segments = (int(value) for value in sys.argv[3:6])
X = np.fromfile(sys.argv[1]).reshape(rows, width)
means = np.fromfile(sys.argv[2]).reshape(segments, width)


def ten_steps():
    model = GaussianMixture(segments, tol=0, max_iter=10, reg_covar=1e-9, weights_init=np.full(segments, 1 / segments), means_init=means, precisions_init=np.stack([np.eye(width)] * segments), init_params="random_from_data")
    return model.fit(X)


found = []
for who, run in (("10 steps", ten_steps), ("default fit", lambda: GaussianMixture(segments, random_state=1).fit(X))):
    millis, model = cpu_time(run, 3)
    found.append({"who": f"scikit-learn {sklearn.__version__} {who}", "millis": millis, "logLikelihood": float(model.lower_bound_), "iterations": int(model.n_iter_)})
print(json.dumps(found))
