"""The figures of optbinning that docs/coming-from/optbinning.md and docs/compare.md quote, on the customers made there."""
import json
import warnings

import numpy as np
import optbinning
import pandas as pd
from optbinning import BinningProcess, OptimalBinning, Scorecard
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("ignore")
i = np.arange(600)
age = 20.0 + (i * 13) % 50
age[i % 25 == 24] = np.nan
debt = ((i * 31) % 97).astype(float)
debt[i % 40 == 7] = -9999
plan = np.array(["basic", "plus", "gold"])[(i // 3) % 3]
left = ((i * i * 17 + i * 31) % 101 < 75 - np.nan_to_num(age, nan=60) + np.where(debt > 60, 20, 0) + np.where(plan == "basic", 10, 0)).astype(int)
figures = {"version": optbinning.__version__, "left": int(left.sum())}


def table(model):
    model.binning_table.build()
    found = model.binning_table.build().iloc[:, :8].drop(columns="Bin")
    return {"iv": float(model.binning_table.iv), "splits": [s if isinstance(s, float) else list(s) for s in model.splits], "rows": json.loads(found.to_json(orient="values"))}


for name, options in (("age", {}), ("age, ascending", {"monotonic_trend": "ascending"}), ("age, descending", {"monotonic_trend": "descending"})):
    figures[name] = table(OptimalBinning(name="age", dtype="numerical", **options).fit(age, left))
debts = OptimalBinning(name="debt", dtype="numerical", special_codes=[-9999]).fit(debt, left)
figures["debt"] = table(debts)
figures["debt, iv by trend"] = {str(trend): table(OptimalBinning(name="debt", dtype="numerical", special_codes=[-9999], monotonic_trend=trend).fit(debt, left))["iv"] for trend in ("ascending", "descending", "peak", "valley", None)}
figures["plan"] = table(OptimalBinning(name="plan", dtype="categorical").fit(plan, left))
ages = OptimalBinning(name="age", dtype="numerical").fit(age, left)
figures["transform"] = {
    "23, 60, missing": ages.transform([23.0, 60, np.nan], metric="woe").tolist(),
    "missing, empirical": ages.transform([np.nan], metric="woe", metric_missing="empirical").tolist(),
    "event rate": ages.transform([23.0, 60], metric="event_rate").tolist(),
    "special": debts.transform([-9999.0], metric="woe").tolist(),
    "special, empirical": debts.transform([-9999.0], metric="woe", metric_special="empirical").tolist(),
}
frame = pd.DataFrame({"age": age, "debt": debt, "plan": plan})
process = BinningProcess(["age", "debt", "plan"], categorical_variables=["plan"], special_codes=[-9999])
# 600 points at odds (of not leaving) of 1, 20 to double them; no penalty.
card = Scorecard(process, LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10), scaling_method="pdo_odds", scaling_method_params={"pdo": 20, "odds": 1, "scorecard_points": 600})
card.fit(frame, left, metric_special="empirical", metric_missing="empirical")
figures["scorecard"] = {"coefficients": card.estimator_.coef_[0].tolist(), "scores": card.score(frame.iloc[:3]).tolist(), "probabilities": card.predict_proba(frame.iloc[:3])[:, 1].tolist()}
print(json.dumps(figures, indent=1))
