"""HiGHS on the linear relaxation of the contact plan: one variable a customer and action."""
import json
import sys

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, kron, vstack, eye
from timing import cpu_time

path, count, costs, capacity, budget = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]), json.loads(sys.argv[4]), float(sys.argv[5])
values = np.fromfile(path)
k = len(costs)
ones = csr_matrix(np.ones((1, count)))
rows = vstack([kron(eye(count), np.ones((1, k))), kron(ones, eye(k)), kron(ones, np.array([costs]))]).tocsr()
limits = np.concatenate([np.ones(count), capacity, [budget]])
millis, found = cpu_time(lambda: linprog(-values, A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs"), 1)
print(json.dumps({"millis": millis, "value": -found.fun}))
