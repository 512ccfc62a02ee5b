"""Isotonic regression, Platt's sigmoid and the metrics of probabilities by scikit-learn, with figures to compare."""
import json
import sys

import numpy as np
import sklearn
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss

from timing import cpu_time

y = np.fromfile(sys.argv[1], dtype=np.uint8)
p, margins, weights = (np.fromfile(path, dtype=np.float64) for path in sys.argv[2:5])
target = y.astype(float)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(p, target)
tasks = {
    "isotonic": lambda: IsotonicRegression(out_of_bounds="clip").fit(p, target),
    "isotonicWeighted": lambda: IsotonicRegression(out_of_bounds="clip").fit(p, target, sample_weight=weights),
    "isotonicPredict": lambda: isotonic.predict(p),
    "platt": lambda: _sigmoid_calibration(margins, target),
    "logLoss": lambda: log_loss(y, p),
    "brierScore": lambda: brier_score_loss(y, p),
    "averagePrecision": lambda: average_precision_score(y, p),
    "expectedCalibrationError": lambda: calibration_curve(y, p, n_bins=10, strategy="quantile"),
}
found = {}
for task, call in tasks.items():
    millis, result = cpu_time(call)
    found[task] = {"who": f"scikit-learn {sklearn.__version__}", "millis": millis}
    if task == "platt":
        found[task]["value"] = -float(result[0])
    elif isinstance(result, float):
        found[task]["value"] = float(result)
    elif task.startswith("isotonic"):
        probabilities = result if task == "isotonicPredict" else result.predict(p)
        found[task]["probabilities"] = probabilities[:: len(p) // 1000].tolist()
print(json.dumps(found))
