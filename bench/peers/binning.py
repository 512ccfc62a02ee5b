"""optbinning (CP-SAT, monotone by its own choice) on all variables given, and scorecardpy (tree) on two where rows are few."""
import io
import json
import sys
from contextlib import redirect_stdout

import numpy as np

from timing import cpu_time

count, width = int(sys.argv[3]), int(sys.argv[4])
X = np.fromfile(sys.argv[1], dtype=np.float64).reshape(width, count)
y = np.fromfile(sys.argv[2], dtype=np.uint8).astype(int)
found = []

try:
    import optbinning
    from optbinning import OptimalBinning

    def optimal():
        ivs = []
        for j in range(width):
            model = OptimalBinning(name=str(j), monotonic_trend="auto_asc_desc").fit(X[j], y)
            model.binning_table.build()
            ivs.append(float(model.binning_table.iv))
        return ivs

    millis, ivs = cpu_time(optimal, 1)
    found.append({"who": f"optbinning {optbinning.__version__}", "millis": millis, "variables": width, "ivs": ivs})
except ImportError:
    pass

try:
    if count <= 10_000:
        import pandas as pd
        import scorecardpy

        frame = pd.DataFrame({"x0": X[0], "x1": X[1], "y": y})

        def woebin():
            with redirect_stdout(io.StringIO()):
                bins = scorecardpy.woebin(frame, y="y", no_cores=1)
            return [float(bins[name]["total_iv"].iloc[0]) for name in ("x0", "x1")]

        millis, ivs = cpu_time(woebin, 1)
        found.append({"who": "scorecardpy", "millis": millis, "variables": 2, "ivs": ivs})
except ImportError:
    pass

print(json.dumps(found))
