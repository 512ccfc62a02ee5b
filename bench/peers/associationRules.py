"""mlxtend's fpgrowth with association_rules, on the same baskets as a sparse frame of booleans."""
import json
import sys
import warnings

import mlxtend
import numpy as np
import pandas as pd
from mlxtend.frequent_patterns import association_rules, fpgrowth
from scipy.sparse import csr_matrix

from timing import cpu_time

warnings.simplefilter("ignore")
rows, columns, support, confidence = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]), float(sys.argv[6])
offsets = np.fromfile(sys.argv[1], dtype=np.uint32)
items = np.fromfile(sys.argv[2], dtype=np.int32)
held = pd.DataFrame(csr_matrix((np.ones(len(items), dtype=bool), items, offsets), shape=(rows, columns)).toarray())


def run():
    sets = fpgrowth(held, min_support=(np.ceil(support * rows - 1e-9) - 0.5) / rows)
    return sets, association_rules(sets, metric="confidence", min_threshold=confidence)


millis, (sets, rules) = cpu_time(run)
single = int((rules["consequents"].map(len) == 1).sum())
print(json.dumps([{"who": f"mlxtend {mlxtend.__version__}", "millis": millis, "itemsets": len(sets), "rules": single}]))
