"""The figures of lifelines that docs/coming-from/lifelines.md and docs/compare.md quote, on the customers made there."""
import json
import warnings

import lifelines
import numpy as np
import pandas as pd
from lifelines import AalenJohansenFitter, CoxPHFitter, KaplanMeierFitter, LogLogisticAFTFitter, NelsonAalenFitter, WeibullAFTFitter
from lifelines.statistics import logrank_test, proportional_hazard_test
from lifelines.utils import concordance_index

warnings.simplefilter("ignore")
i = np.arange(60)
rows = pd.DataFrame({"price": 20 + (i * 17) % 41, "contract": (i % 3 == 0).astype(int)})
rows["months"] = 1 + (i * 11) % 23 + 6 * rows["contract"] - (rows["price"] > 45) * ((i * 5) % 4)
rows["months"] = rows["months"].clip(lower=1)
rows["left"] = ((i * 7) % 10 < 6).astype(int)
figures = {"version": lifelines.__version__, "left": int(rows["left"].sum()), "months": int(rows["months"].sum())}

curve = KaplanMeierFitter().fit(rows["months"], rows["left"])
figures["kaplan-meier"] = {"at 12": float(curve.predict(12)), "interval at 12": curve.confidence_interval_.loc[12].tolist(), "median": float(curve.median_survival_time_)}
contracts = KaplanMeierFitter().fit(rows["months"][rows["contract"] == 1], rows["left"][rows["contract"] == 1])
figures["median under contract"] = [float(contracts.percentile(q)) for q in (0.5, 0.05)]
figures["nelson-aalen, ties together"] = float(NelsonAalenFitter(nelson_aalen_smoothing=False).fit(rows["months"], rows["left"]).predict(12))
figures["nelson-aalen"] = float(NelsonAalenFitter().fit(rows["months"], rows["left"]).predict(12))
test = logrank_test(*(rows["months"][rows["contract"] == c] for c in (0, 1)), *(rows["left"][rows["contract"] == c] for c in (0, 1)))
figures["log-rank"] = [test.test_statistic, test.p_value]

for penalty in (0, 0.1):
    cox = CoxPHFitter(penalizer=penalty).fit(rows, "months", "left")
    figures[f"cox, penalizer {penalty}"] = cox.params_.to_dict()
lasso = CoxPHFitter(penalizer=0.1, l1_ratio=1).fit(rows, "months", "left")
figures["cox, lasso"] = lasso.params_.to_dict()
figures["cox, precision 1e-12"] = CoxPHFitter().fit(rows, "months", "left", fit_options={"precision": 1e-12, "r_precision": 1e-14}).params_.to_dict()
cox = CoxPHFitter().fit(rows, "months", "left")
one = pd.DataFrame({"price": [50], "contract": [0]})
figures["cox"] = {
    "log-likelihood": cox.log_likelihood_, "standard errors": cox.standard_errors_.tolist(), "AIC": cox.AIC_partial_, "concordance": cox.concordance_index_,
    "partial hazard": float(cox.predict_partial_hazard(one).iloc[0]), "survival at 12": float(cox.predict_survival_function(one, times=[12]).iloc[0, 0]),
    "median": float(cox.predict_median(one)), "baseline at 12": float(cox.baseline_cumulative_hazard_.loc[12].iloc[0]),
    "conditional": float(cox.predict_survival_function(one, times=[6], conditional_after=[6]).iloc[0, 0]),
}
for transform in ("rank", "km"):
    figures[f"proportional, {transform}"] = proportional_hazard_test(cox, rows, time_transform=transform).summary["test_statistic"].to_dict()
risk = cox.predict_partial_hazard(rows)
figures["concordance_index of risk"] = [concordance_index(rows["months"], sign * risk, rows["left"]) for sign in (1, -1)]
for fitter in (WeibullAFTFitter, LogLogisticAFTFitter):
    model = fitter().fit(rows, "months", "left")
    figures[fitter.__name__] = {"parameters": {f"{a} {b}": v for (a, b), v in model.params_.items()}, "log-likelihood": model.log_likelihood_, "median": float(model.predict_median(one).iloc[0])}
# Competing risks: ties are broken by random jitter.
kind = np.where(rows["left"] == 1, 1 + i % 2, 0)
figures["aalen-johansen at 12"] = [float(AalenJohansenFitter(calculate_variance=False, seed=seed).fit(rows["months"], kind, event_of_interest=1).predict(12)) for seed in (1, 2)]
print(json.dumps(figures, indent=1))
