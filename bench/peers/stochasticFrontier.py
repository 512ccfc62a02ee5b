"""The stochastic frontier of ../shared/golden/propensity/reference_scripts/wallet.py: scipy's BFGS with the analytic gradient."""
import json
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_ndtr
from timing import cpu_time


def main(x_path, y_path, rows, columns):
    y = np.fromfile(y_path)
    design = np.c_[np.ones(rows), np.fromfile(x_path).reshape(columns, rows).T]
    p = columns + 1

    def fit():
        b = np.linalg.lstsq(design, y, rcond=None)[0]
        e = y - design @ b
        m2, m3 = e.var(), (e**3).mean()
        su = (max(-m3, 1e-6) / (np.sqrt(2 / np.pi) * (4 / np.pi - 1))) ** (1 / 3)
        sv = np.sqrt(max(m2 - (1 - 2 / np.pi) * su**2, 0.1 * m2))
        b[0] += su * np.sqrt(2 / np.pi)

        def loss(th):
            s, lam = np.exp(th[p]), np.exp(th[p + 1])
            e = y - design @ th[:p]
            z = -e * lam / s
            log_phi = log_ndtr(z)
            m = np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_phi)
            value = -(rows * np.log(2) - rows * th[p] + np.sum(-0.5 * np.log(2 * np.pi) - 0.5 * (e / s) ** 2 + log_phi))
            gradient = np.r_[-(design.T @ (e / s**2 + m * lam / s)), rows - np.sum((e / s) ** 2) + np.sum(m * z), -np.sum(m * z)]
            return value, gradient

        return minimize(loss, np.r_[b, np.log(np.hypot(su, sv)), np.log(su / sv)], jac=True, method="BFGS", options=dict(gtol=1e-6 * rows))

    millis, result = cpu_time(fit)
    print(json.dumps({"who": "scipy BFGS", "millis": millis, "logLikelihood": -result.fun}))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
