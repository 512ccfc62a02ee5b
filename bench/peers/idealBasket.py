"""HiGHS on the ideal baskets: one variable for each cell worth its contact; whole numbers, or the linear relaxation."""
import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, vstack
from timing import cpu_time

path, count, terms = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
cost = np.array(terms["cost"])
k = len(cost)
probability = np.fromfile(path).reshape(count, k)
values = probability * np.array(terms["margin"]) - cost
rows, columns = np.nonzero(np.nan_to_num(values, nan=-1) > 0)
worth = values[rows, columns]
size = len(worth)
cells = np.arange(size)


def sums(group, groups, of=None):
    """One row a group, the sum of its variables."""
    of = cells if of is None else of
    return csr_matrix((np.ones(len(of)), (group[of], of)), shape=(groups, size))


parts = [sums(rows, count), sums(columns, k), csr_matrix(cost[columns][None, :])]
limits = [np.full(count, terms["most"]), np.array(terms["capacity"], float), [terms["budget"]]]
for group in terms["exclusive"]:
    parts.append(sums(rows, count, cells[np.isin(columns, group)]))
    limits.append(np.ones(count))
matrix, most = vstack(parts).tocsr(), np.concatenate(limits)
if terms["whole"]:
    solve = lambda: milp(-worth, constraints=LinearConstraint(matrix, -np.inf, most), integrality=np.ones(size), bounds=Bounds(0, 1))
else:
    solve = lambda: linprog(-worth, A_ub=matrix, b_ub=most, bounds=(0, 1), method="highs")
millis, found = cpu_time(solve, 1)
print(json.dumps({"millis": millis, "value": -found.fun}))
