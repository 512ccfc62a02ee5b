"""lifetimes' GammaGammaFitter on customers with a repeat purchase."""
import json
import sys
import warnings

import numpy as np
import pandas as pd
from lifetimes import GammaGammaFitter
from scipy.special import gammaln
from timing import cpu_time

warnings.filterwarnings("ignore")


def main(*paths):
    x, m = (np.fromfile(path) for path in paths)
    frequency, monetary = pd.Series(x), pd.Series(m)
    millis, model = cpu_time(lambda: GammaGammaFitter().fit(frequency, monetary), 3)
    p, q, v = model.params_[["p", "q", "v"]]
    log_likelihood = np.sum(gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v) + (p * x - 1) * np.log(m) + p * x * np.log(x) - (p * x + q) * np.log(x * m + v))
    print(json.dumps({"who": "lifetimes", "millis": millis, "logLikelihood": float(log_likelihood)}))


main(*sys.argv[1:])
