"""lifetimes' BetaGeoBetaBinomFitter on histories that were grouped beforehand, and its expected purchases of every customer."""
import json
import sys
import warnings

import numpy as np
from lifetimes import BetaGeoBetaBinomFitter
from timing import cpu_time

warnings.filterwarnings("ignore")


def main(*paths):
    x, last, n = (np.fromfile(path) for path in paths)
    tuples, weights = np.unique(np.c_[x, last, n], axis=0, return_counts=True)
    millis, model = cpu_time(lambda: BetaGeoBetaBinomFitter().fit(*tuples.T, weights), 3)
    expected_millis, expected = cpu_time(lambda: model.conditional_expected_number_of_purchases_up_to_time(5, x, last, n), 3)
    log_likelihood = float(weights @ BetaGeoBetaBinomFitter._loglikelihood(model.params_.values, *tuples.T))
    print(json.dumps({"who": "lifetimes", "millis": millis, "expectedMillis": expected_millis, "logLikelihood": log_likelihood, "expected": float(np.sum(expected))}))


main(*sys.argv[1:])
