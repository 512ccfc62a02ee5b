import json
import sys

import numpy as np

from timing import cpu_time

try:
    import sklift
    from sklift.metrics import qini_auc_score, uplift_auc_score, uplift_by_percentile, uplift_curve
except ImportError:
    # Not among the requirements of all cases: the figures then stand alone.
    print(json.dumps({"who": "scikit-uplift", "figures": {}}))
    sys.exit()

y, w, s = (np.fromfile(path, dtype=np.float64) for path in sys.argv[1:4])
y, w = y.astype(np.int64), w.astype(np.int64)
calls = {
    "upliftCurve": lambda: uplift_curve(y, s, w),
    "qiniCoefficient": lambda: qini_auc_score(y, s, w),
    "areaUnderUplift": lambda: uplift_auc_score(y, s, w),
    "upliftByDecile": lambda: uplift_by_percentile(y, s, w, std=True),
}
figures = {}
for name, call in calls.items():
    millis, result = cpu_time(call, 3)
    figures[name] = {"millis": millis, "value": float(result) if np.isscalar(result) else None}
    if figures[name]["value"] is None:
        del figures[name]["value"]
print(json.dumps({"who": f"scikit-uplift {sklift.__version__}", "figures": figures}))
