"""Refits of lifetimes' BetaGeoFitter with Poisson weights on groups of equal customers: CPU milliseconds of one."""
import json
import sys
import warnings

import numpy as np
from lifetimes import BetaGeoFitter
from timing import cpu_time

warnings.filterwarnings("ignore")


def main(*paths):
    x, last, tenure, weights = (np.fromfile(path) for path in paths)
    random = np.random.default_rng(1)
    start = BetaGeoFitter().fit(x, last, tenure, weights=weights).params_.values

    def refits():
        for _ in range(10):
            drawn = random.poisson(weights)
            keep = drawn > 0
            BetaGeoFitter().fit(x[keep], last[keep], tenure[keep], weights=drawn[keep], initial_params=np.log(start))

    millis, _ = cpu_time(refits, 1)
    print(json.dumps({"who": "lifetimes", "millisPerFit": millis / 10}))


main(*sys.argv[1:])
