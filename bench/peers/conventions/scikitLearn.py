"""The figures of scikit-learn that docs/coming-from/scikit-learn.md and docs/compare.md quote, on the customers made there."""
import json
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import ElasticNet, LogisticRegression, QuantileRegressor
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score, silhouette_score
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.simplefilter("ignore")
i = np.arange(240)
visits, tenure = i % 10, (i * 7) % 13
bought = ((i * 37) % 100 < 5 * visits + 2 * tenure - 12).astype(int)
spend = 20 + 8 * visits + (i * 29) % 17
X = np.column_stack([visits, tenure]).astype(float)
Z = StandardScaler().fit_transform(X)
figures = {"version": sklearn.__version__, "buyers": int(bought.sum())}


def logistic(features, **options):
    model = LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000, **options).fit(features, bought)
    return [*model.intercept_.tolist(), *model.coef_[0].tolist()], model


figures["defaults"] = LogisticRegression().fit(X, bought).coef_[0].tolist()
figures["penalised"], _ = logistic(X)
figures["unpenalised"], plain = logistic(X, C=np.inf)
figures["strong"], _ = logistic(X, C=0.01)
standardised, model = logistic(Z, C=0.1)
figures["standardised"] = [standardised[0], *standardised[1:]]
figures["standardisedProbability"] = model.predict_proba(Z)[0].tolist()
# The same column in thousands: the default penalty now bites.
thousands = np.column_stack([visits / 1000, tenure])
figures["thousands"], shrunk = logistic(thousands)
figures["thousandsProbability"] = float(shrunk.predict_proba(thousands)[9, 1])
figures["balanced"], balanced = logistic(X, C=np.inf, class_weight="balanced")
figures["meanProbability"] = [float(plain.predict_proba(X)[:, 1].mean()), float(balanced.predict_proba(X)[:, 1].mean())]
probability = plain.predict_proba(X)[:, 1]
figures["classes"], figures["row9"] = plain.classes_.tolist(), plain.predict_proba(X)[9].tolist()
figures["metrics"] = {
    "roc_auc_score": roc_auc_score(bought, probability),
    "average_precision_score": average_precision_score(bought, probability),
    "brier_score_loss": brier_score_loss(bought, probability),
    "log_loss": log_loss(bought, probability),
}
# Elastic net: 1 / (2 n) squared errors + alpha (l1_ratio |b| + (1 - l1_ratio) / 2 b²); glmnet and ours divide b² by the standard deviation of the target.
deviation = spend.std()
for name, absolute, squared in (("same numbers", 1, 1), ("lasso", 2, 0), ("as glmnet", 1, 1 / deviation)):
    linear = ElasticNet(alpha=absolute + squared, l1_ratio=absolute / (absolute + squared), tol=1e-12, max_iter=100000).fit(Z, spend)
    figures[f"elasticNet, {name}"] = (linear.coef_ / X.std(axis=0)).tolist()
# Of two classes C is 1 / (n lambda).
lasso = LogisticRegression(solver="saga", l1_ratio=0.5, C=1 / (240 * 0.05), tol=1e-12, max_iter=100000).fit(Z, bought)
figures["elasticNetLogistic"] = (lasso.coef_[0] / X.std(axis=0)).tolist()
# Quantile regression is penalised by default.
for alpha in (1, 0):
    model = QuantileRegressor(quantile=0.9, alpha=alpha).fit(X, spend)
    figures[f"quantile, alpha {alpha}"] = [float(model.intercept_), *model.coef_.tolist()]
groups = np.column_stack([visits, spend]).astype(float)
for name, options in (("one start", {"n_init": 1}), ("ten starts", {"n_init": 10})):
    figures[f"kmeans, {name}"] = [KMeans(3, random_state=seed, **options).fit(groups).inertia_ for seed in range(5)]
raw = KMeans(3, n_init=10, random_state=0).fit(groups)
scaled = KMeans(3, n_init=10, random_state=0).fit(StandardScaler().fit_transform(groups))
figures["kmeans"] = {"raw": raw.inertia_, "sizes": sorted(np.bincount(raw.labels_).tolist(), reverse=True), "standardised": scaled.inertia_, "silhouette": silhouette_score(groups, raw.labels_)}
figures["tree"] = [int(DecisionTreeClassifier(random_state=0).fit(X, bought).get_n_leaves()), int(HistGradientBoostingClassifier().fit(X, bought).n_iter_)]
print(json.dumps(figures, indent=1))
