"""The shifted beta-geometric and the beta-discrete-Weibull by scipy's L-BFGS-B on the same counts, as the public notebooks do it."""
import json
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln
from timing import cpu_time


def main(path):
    survivors = np.fromfile(path)
    lost, last = -np.diff(survivors), survivors[-1]
    t = np.arange(len(survivors))

    def fit(shaped):
        def loss(log_theta):
            a, b = np.exp(log_theta[:2])
            clock = t ** (np.exp(log_theta[2]) if shaped else 1.0)
            share = np.exp(betaln(a, b + clock) - betaln(a, b))
            return -(lost @ np.log(-np.diff(share)) + last * np.log(share[-1])) / survivors[0]

        return minimize(loss, np.zeros(3 if shaped else 2), method="L-BFGS-B")

    out = {"who": "scipy L-BFGS-B"}
    for name, shaped in (("geometric", False), ("weibull", True)):
        millis, found = cpu_time(lambda: fit(shaped), 5)
        out[name] = {"millis": millis, "logLikelihood": -float(found.fun) * survivors[0]}
    print(json.dumps(out))


main(*sys.argv[1:])
