"""The figures of implicit that docs/coming-from/implicit.md and docs/compare.md quote, on the holdings made there."""
import json
import warnings

import implicit
import numpy as np
import scipy.sparse as sp
from implicit.cpu.als import AlternatingLeastSquares
from implicit.evaluation import ranking_metrics_at_k
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender

warnings.simplefilter("ignore")
PRODUCTS = ["account", "card", "loan", "fund", "bond", "insurance"]
held = np.array([[1, ((i * 7) % 10 < 6) or i % 4 == 0, (i * 3) % 8 < 3, i % 5 < 2, (i % 5 < 2) and i % 3 == 0, (i * 11) % 13 < 4] for i in range(40)], dtype=float)
figures = {"version": implicit.__version__, "held": held.sum(axis=0).tolist()}
start = np.array([[((p * 5 + f * 3) % 7 - 3) / 10 for f in range(2)] for p in range(len(PRODUCTS))])
matrix = sp.csr_matrix(held)


def als(alpha, regularization, sweeps):
    model = AlternatingLeastSquares(factors=2, regularization=regularization, alpha=alpha, iterations=sweeps, random_state=1, num_threads=1, use_cg=False, dtype=np.float64)
    model.item_factors, model.user_factors = start.copy(), np.zeros((len(held), 2))
    model.fit(matrix, show_progress=False)
    return model


# The factors of a customer are those of before the last sweep over products, unless they are asked for anew.
for alpha in (3, 2):
    for anew in (False, True):
        products, scores = als(alpha, 0.5, 20).recommend(1, matrix[1], N=6, recalculate_user=anew)
        figures[f"als, alpha {alpha}, recalculate_user {anew}"] = {PRODUCTS[p]: float(s) for p, s in zip(products, scores)}
figures["defaults"] = {name: getattr(AlternatingLeastSquares(), name) for name in ("factors", "regularization", "alpha", "iterations", "use_cg")}
user = sp.csr_matrix(np.array([[1.0, 1, 0, 0, 0, 0]]))
for name, model in (("cosine", CosineRecommender(K=6)), ("tfidf", TFIDFRecommender(K=6)), ("bm25", BM25Recommender(K=6)), ("bm25, 1.2 and 0.75", BM25Recommender(K=6, K1=1.2, B=0.75))):
    model.fit(matrix, show_progress=False)
    products, scores = model.recommend(0, user, N=6, filter_already_liked_items=False)
    figures[name] = {PRODUCTS[p]: float(s) for p, s in zip(products, scores)}
print(json.dumps(figures, indent=1))
