"""scikit-learn: cubic splines at six quantiles of every number (and one-hot levels) before a logistic regression of C=.1, and HistGradientBoosting as it comes.

telco <csv>: the five folds of the notes, median CPU time of a fit, means of AUC and log loss. numbers <x.f64> <y.f64> <rows> <held> <columns>: one fit, log loss of the rows held out.
"""
import csv
import json
import sys

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, SplineTransformer, StandardScaler

from timing import cpu_time


def splines(numbers, levels):
    curve = make_pipeline(SplineTransformer(n_knots=6, degree=3, knots="quantile"), StandardScaler())
    columns = [("curves", curve, numbers)] + ([("levels", make_pipeline(OneHotEncoder(sparse_output=False, handle_unknown="ignore"), StandardScaler()), levels)] if levels else [])
    return make_pipeline(ColumnTransformer(columns), LogisticRegression(C=0.1, max_iter=2000))


def judged(make, X, y, folds, repetitions):
    times, aucs, losses = [], [], []
    for train, test in folds:
        millis, model = cpu_time(lambda: make().fit(X[train], y[train]), repetitions)
        p = model.predict_proba(X[test])[:, 1]
        times.append(millis)
        aucs.append(roc_auc_score(y[test], p))
        losses.append(log_loss(y[test], p))
    return {"millis": sorted(times)[len(times) // 2], "auc": float(np.mean(aucs)), "loss": float(np.mean(losses))}


def telco(path):
    rows = list(csv.DictReader(open(path)))
    y = np.array([row["Churn"] == "Yes" for row in rows]).astype(int)
    names = [name for name in rows[0] if name not in ("customerID", "Churn")]
    numbers = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]
    columns = []
    for name in names:
        values = [row[name] for row in rows]
        columns.append([float(value.strip() or 0) for value in values] if name in numbers else np.unique(values, return_inverse=True)[1])
    seen, fold = [0, 0], np.zeros(len(rows), dtype=int)
    for i, label in enumerate(y):
        fold[i] = seen[label] % 5
        seen[label] += 1
    curved = [names.index(name) for name in numbers[1:]]
    levels = [j for j in range(len(names)) if j not in curved]
    X = np.column_stack(columns).astype(float)
    folds = [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(5)]
    return X, y, folds, lambda: splines(curved, levels)


def simulated(x, y, rows, held, columns):
    X = np.ascontiguousarray(np.fromfile(x, dtype=np.float64).reshape(int(columns), int(rows) + int(held)).T)
    whole = np.arange(int(rows) + int(held))
    return X, np.fromfile(y, dtype=np.float64).astype(int), [(whole[: int(rows)], whole[int(rows) :])], lambda: splines(list(range(int(columns))), [])


X, y, folds, curves = (telco if sys.argv[1] == "telco" else simulated)(*sys.argv[2:])
repetitions = 1 if len(y) > 50_000 else 3
print(json.dumps([
    {"who": f"scikit-learn {sklearn.__version__} SplineTransformer + LogisticRegression", **judged(curves, X, y, folds, repetitions)},
    {"who": f"scikit-learn {sklearn.__version__} HistGradientBoosting", **judged(HistGradientBoostingClassifier, X, y, folds, repetitions)},
]))
