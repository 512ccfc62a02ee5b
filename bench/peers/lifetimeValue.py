"""lifetimes' customer_lifetime_value: twelve monthly steps of expected purchases, discounted, times the expected amount, at given parameters."""
import json
import sys
import warnings

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
from timing import cpu_time

warnings.filterwarnings("ignore")


def main(*paths):
    frequency, recency, tenure, monetary = (pd.Series(np.fromfile(path)) for path in paths)
    buying, spending = BetaGeoFitter(), GammaGammaFitter()
    buying.params_ = pd.Series({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426})
    buying.predict = buying.conditional_expected_number_of_purchases_up_to_time
    spending.params_ = pd.Series({"p": 6.25, "q": 3.74, "v": 15.44})
    millis, values = cpu_time(lambda: spending.customer_lifetime_value(buying, frequency, recency, tenure, monetary, time=12, discount_rate=0.01, freq="W"), 3)
    print(json.dumps({"who": "lifetimes", "millis": millis, "total": float(np.nansum(values))}))


main(*sys.argv[1:])
