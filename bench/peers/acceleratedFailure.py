"""acceleratedFailure.py x.f64 t.f64 e.f64 rows columns: times WeibullAFTFitter of lifelines in CPU seconds."""
import json, sys, time, warnings
import lifelines, numpy as np, pandas as pd

warnings.filterwarnings("ignore")
x, t, e, n, p = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
frame = pd.DataFrame(np.fromfile(x).reshape(p, n).T, columns=[f"x{j}" for j in range(p)])
frame["t"], frame["e"] = np.fromfile(t), np.fromfile(e)
start = time.process_time()
model = lifelines.WeibullAFTFitter().fit(frame, "t", "e")
print(json.dumps({"who": f"lifelines {lifelines.__version__}", "millis": 1000 * (time.process_time() - start), "logLikelihood": float(model.log_likelihood_)}))
