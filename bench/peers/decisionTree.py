"""scikit-learn's decision tree at its defaults: every leaf pure."""
import json
import sys

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier

from timing import cpu_time

count = int(sys.argv[3])
X = np.ascontiguousarray(np.fromfile(sys.argv[1], dtype=np.float64).reshape(20, count).T)
y = np.fromfile(sys.argv[2], dtype=np.uint8)
millis, model = cpu_time(lambda: DecisionTreeClassifier(random_state=0).fit(X, y), 3)
print(json.dumps({"who": f"scikit-learn {sklearn.__version__}", "millis": millis, "leaves": int(model.get_n_leaves())}))
