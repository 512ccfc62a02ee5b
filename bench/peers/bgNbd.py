"""BG/NBD by lifetimes 0.11.3: BetaGeoFitter on the rows, and the expected purchases of 39 weeks."""
import json
import sys

import numpy as np
from lifetimes import BetaGeoFitter
from timing import cpu_time


def main(x_path, last_path, tenure_path):
    x, last, tenure = (np.fromfile(path) for path in (x_path, last_path, tenure_path))

    def fit():
        return BetaGeoFitter(penalizer_coef=0.0).fit(x, last, tenure)

    millis, model = cpu_time(fit, 3)
    expected_millis, _ = cpu_time(lambda: model.conditional_expected_number_of_purchases_up_to_time(39, x, last, tenure), 3)
    # It keeps minus the mean log-likelihood of times that were multiplied by a scale.
    log_likelihood = float(np.sum(x) * np.log(model._scale) - model._negative_log_likelihood_ * len(x))
    print(json.dumps({"who": "lifetimes", "millis": millis, "logLikelihood": log_likelihood, "expectedMillis": expected_millis}))


main(*sys.argv[1:4])
