import json
import sys

import numpy as np
import pandas as pd

from timing import cpu_time

before = np.fromfile(sys.argv[1], dtype=np.int32)
after = np.fromfile(sys.argv[2], dtype=np.int32)
entered = int(sys.argv[3])
ids = [f"{i:07d}" for i in range(len(before) + entered)]
then = pd.DataFrame({"customer": ids[: len(before)], "before": before})
now = pd.DataFrame({"customer": ids[entered:], "after": after})


def migration():
    both = then.merge(now, on="customer", how="outer")
    return pd.crosstab(both["before"], both["after"])


millis, table = cpu_time(migration)
print(json.dumps({"who": f"pandas {pd.__version__} merge, crosstab", "millis": millis, "stayShare": float(np.trace(table.values) / table.values.sum())}))
