"""causalml's uplift random forest, 50 trees, one process."""
import importlib.metadata
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
from causalml.inference.tree import UpliftRandomForestClassifier

count = int(sys.argv[4])
X = np.ascontiguousarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(10, count).T)
y = np.fromfile(sys.argv[2], dtype=np.uint8).astype(int)
arm = np.where(np.fromfile(sys.argv[3], dtype=np.uint8) == 1, "treatment", "control")
later = np.ascontiguousarray(np.fromfile(sys.argv[5], dtype=np.float64).reshape(10, -1).T)
truth = np.fromfile(sys.argv[6], dtype=np.float64)

# Once: it takes a minute.
model = UpliftRandomForestClassifier(control_name="control", n_estimators=50, max_depth=30, min_samples_leaf=200, min_samples_treatment=100, n_jobs=1, random_state=1)
start = time.process_time()
model.fit(X, treatment=arm, y=y)
millis = (time.process_time() - start) * 1000
found = np.asarray(model.predict(later)).reshape(-1)
print(json.dumps({"who": f"causalml {importlib.metadata.version('causalml')}", "millis": millis, "correlation": float(np.corrcoef(found, truth)[0, 1])}))
