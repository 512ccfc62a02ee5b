"""EASE in numpy, and the item-item recommenders of implicit where it is installed.

usage: ease.py WHAT OFFSETS COLUMNS CUSTOMERS PRODUCTS RIDGE
"""
import json
import sys

import numpy as np
import scipy.sparse as sp
from timing import cpu_time

what, offsets, columns, customers, products, ridge = sys.argv[1:]
indptr, indices = np.fromfile(offsets, np.uint32), np.fromfile(columns, np.int32)
X = sp.csr_matrix((np.ones(len(indices)), indices, indptr.astype(np.int32)), shape=(int(customers), int(products)))


def ease():
    G = (X.T @ X).toarray()
    G[np.diag_indices_from(G)] += float(ridge)
    P = np.linalg.inv(G)
    B = P / -np.diag(P)
    B[np.diag_indices_from(B)] = 0
    return B


def implicit_of(name):
    from implicit import nearest_neighbours as nn

    def fit():
        K = int(products)
        model = {"cosine": nn.CosineRecommender, "tfidf": nn.TFIDFRecommender, "bm25": nn.BM25Recommender}[name](K=K, num_threads=1)
        model.fit(X, show_progress=False)
        return model.similarity

    return fit


results = []
if what == "ease":
    millis, B = cpu_time(ease, 3)
    results.append({"who": "numpy, inverse of products x products", "millis": millis, "sum": float(B.sum())})
else:
    try:
        millis, S = cpu_time(implicit_of(what))
        results.append({"who": "implicit", "millis": millis, "sum": float(S.sum() - S.diagonal().sum())})
    except ImportError:
        pass
print(json.dumps(results))
