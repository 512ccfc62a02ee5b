"""What describeSegments tells, with pandas and scipy: typical values, v-tests, exact tests of levels and bands, the rows nearest the centre."""
import json
import sys

import numpy as np
import pandas as pd
import scipy
from scipy.stats import chi2_contingency, false_discovery_control, hypergeom, norm

from timing import cpu_time

count, numbers, categories = map(int, sys.argv[3:6])
flat = np.fromfile(sys.argv[1], dtype=np.float64).reshape(numbers + categories, count)
labels = np.fromfile(sys.argv[2], dtype=np.int32)
frame = pd.DataFrame({f"x{j}": flat[j] for j in range(numbers)})
for j in range(categories):
    frame[f"c{j}"] = pd.Categorical.from_codes(flat[numbers + j].astype(np.int8), list("abcdef"))
columns = [f"x{j}" for j in range(numbers)]


def exact(table, sizes):
    marked = table.sum(axis=0)
    above = hypergeom.sf(table - 1, count, marked[None, :], sizes[:, None])
    below = hypergeom.cdf(table, count, marked[None, :], sizes[:, None])
    return np.minimum(1, 2 * np.minimum(above, below))


def describe():
    groups = frame[columns].groupby(labels)
    sizes = groups.size().to_numpy()
    means = groups.mean().to_numpy()
    quartiles = groups.quantile([0.25, 0.5, 0.75])
    mean = frame[columns].mean().to_numpy()
    variance = frame[columns].var(ddof=0).to_numpy()
    v = (means - mean) / np.sqrt(((count - sizes) / (count - 1) / sizes)[:, None] * variance)
    p = 2 * norm.sf(np.abs(v))
    q = false_discovery_control(p.ravel())
    total = means * sizes[:, None]
    rest = (mean * count - total) / (count - sizes)[:, None]
    own = groups.var(ddof=0).to_numpy()
    squares = variance * count - sizes[:, None] * (count / (count - sizes))[:, None] * (means - mean) ** 2
    d = (means - rest) / np.sqrt(squares / (count - 2))
    tests = []
    for name in columns:
        table = pd.crosstab(labels, pd.qcut(frame[name], 5, duplicates="drop")).to_numpy()
        tests.append(exact(table, sizes).ravel())
    separations = []
    for j in range(categories):
        table = pd.crosstab(labels, frame[f"c{j}"]).to_numpy()
        separations.append(chi2_contingency(table, correction=False)[0])
        tests.append(exact(table, sizes).ravel())
    traits = false_discovery_control(np.concatenate(tests))
    z = (frame[columns].to_numpy() - mean) / np.sqrt(variance)
    centers = (means - mean) / np.sqrt(variance)
    distance = pd.Series(((z - centers[labels]) ** 2).sum(axis=1))
    typical = distance.groupby(labels).nsmallest(3)
    return v, quartiles, q, d, own, separations, traits, typical


millis, found = cpu_time(describe, 3)
print(json.dumps({"who": f"pandas {pd.__version__}, scipy {scipy.__version__}", "millis": millis, "v": float(found[0][0][0])}))
