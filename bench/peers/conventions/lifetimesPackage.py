"""The figures of lifetimes that docs/coming-from/lifetimes.md and docs/compare.md quote, on the log and the histories made there."""
import json
import warnings

import lifetimes
import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter, ParetoNBDFitter
from lifetimes.utils import calibration_and_holdout_data, summary_data_from_transaction_data

warnings.simplefilter("ignore")
log = pd.DataFrame(
    [("ann", "2026-01-01", 20), ("ann", "2026-01-15", 30), ("ann", "2026-01-15", 10), ("bob", "2026-01-08", 50), ("cyd", "2026-01-02", 5), ("cyd", "2026-01-03", 7), ("cyd", "2026-01-20", 9)],
    columns=["who", "day", "paid"],
)
figures = {"version": lifetimes.__version__}
options = {"observation_period_end": "2026-01-31", "monetary_value_col": "paid"}
for name, more in (("days", {}), ("weeks", {"freq": "W"}), ("first purchase too", {"include_first_transaction": True})):
    figures[name] = summary_data_from_transaction_data(log, "who", "day", **options, **more).reset_index().values.tolist()
split = calibration_and_holdout_data(log, "who", "day", "2026-01-14", "2026-01-31", monetary_value_col="paid")
figures["split"] = {"columns": list(split.columns), "rows": split.reset_index().values.tolist()}

# Histories in weeks, counted: frequency, recency, T, customers.
histories = np.array([[x, t, 39.0, n] for x, t, n in ((0, 0, 60), (1, 8, 18), (2, 15, 12), (3, 30, 8), (6, 35, 6), (12, 38, 4))])
x, t_x, T, n = histories.T
for name, fitter in (("bg", BetaGeoFitter), ("mbg", ModifiedBetaGeoFitter), ("pareto", ParetoNBDFitter)):
    for penalty in (0, 0.1) if name == "bg" else (0,):
        model = fitter(penalizer_coef=penalty).fit(x, t_x, T, weights=n, tol=1e-9)
        figures[f"{name}, penalizer {penalty}"] = {
            "parameters": model.params_.to_dict(),
            "alive": np.asarray(model.conditional_probability_alive(x, t_x, T)).tolist(),
            "expected 26": np.asarray(model.conditional_expected_number_of_purchases_up_to_time(26, x, t_x, T)).tolist(),
        }
bg = BetaGeoFitter().fit(x, t_x, T, weights=n, tol=1e-9)
# Gamma-gamma: lifetimes wants frequency above 0 and amounts above 0 only, and has no weights that count.
i = np.arange(60)
frequency = 1.0 + i % 6
monetary = np.round(np.exp(3.5 + ((i * 37) % 60 - 29.5) / 17.3 * np.sqrt(0.3 + 0.5 / frequency)), 2)
gamma = GammaGammaFitter().fit(frequency, monetary)
figures["gamma-gamma"] = {"parameters": gamma.params_.to_dict(), "expected": np.asarray(gamma.conditional_expected_average_profit(np.array([3.0, 1, 0]), np.array([20.0, 90, 0]))).tolist()}
# The value of two customers over twelve months; times are in weeks, and freq has to say so.
for freq in ("W", "D"):
    for rate in (0.01, 0):
        value = gamma.customer_lifetime_value(bg, pd.Series([2.0, 12]), pd.Series([15.0, 38]), pd.Series([39.0, 39]), pd.Series([20.0, 31]), time=12, discount_rate=rate, freq=freq)
        figures[f"value, freq {freq}, rate {rate}"] = np.asarray(value).tolist()
print(json.dumps(figures, indent=1))
