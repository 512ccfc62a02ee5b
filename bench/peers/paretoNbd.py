"""Pareto/NBD by lifetimes 0.11.3: ParetoNBDFitter on the rows, and the expected purchases of 39 weeks."""
import json
import sys

import numpy as np
from lifetimes import ParetoNBDFitter
from timing import cpu_time


def main(x_path, last_path, tenure_path, repetitions):
    x, last, tenure = (np.fromfile(path) for path in (x_path, last_path, tenure_path))

    def fit():
        return ParetoNBDFitter(penalizer_coef=0.0).fit(x, last, tenure)

    millis, model = cpu_time(fit, int(repetitions))
    expected_millis, _ = cpu_time(lambda: model.conditional_expected_number_of_purchases_up_to_time(39, x, last, tenure), 1)
    # Its own likelihood at its own estimates, on the times given.
    theta = np.array([model.params_[name] for name in ("r", "alpha", "s", "beta")])
    log_likelihood = float(np.sum(model._conditional_log_likelihood(theta, x, last, tenure)))
    print(json.dumps({"who": "lifetimes", "millis": millis, "logLikelihood": log_likelihood, "expectedMillis": expected_millis}))


main(*sys.argv[1:5])
