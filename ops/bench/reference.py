#!/usr/bin/python3
"""The peer of our speed claim: the same maximum likelihood by NumPy, SciPy and OpenBLAS, as fast as we know how.

Everything that helps is there. The comparisons lie in memory as float64 columns; a pass takes them in blocks that stay in
the cache, in one Python thread a core (NumPy and BLAS release the interpreter lock); the curvature is a dsyrk and a dgemm a
block. Standardising costs one pass of moments and then nothing: a pass runs on the features as they are and only the sums
are mapped, so no whitened copy is written. Start and standardisation are inside the times. Reading the file is not.

All methods stop where the distance from the maximum is 1e-6 standard errors a parameter, sqrt(g' H^-1 g / p): MODEL (9).
SciPy's two have no such rule, only a bound on the gradient. They get the bound, found in an untimed run of their own, that
is met by the first iterate close enough; a user would have to choose a stricter one. What was reached is reported.

Usage: reference.py DATA.f32 --n N --d D --k K [--threads T] [--blas] [--method NAME]... [--repeat R] [--json OUT]
"""
import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

METHODS = ('lbfgs', 'trust-exact', 'newton', 'newton-chord')
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument('data', type=Path)
for size in ('--n', '--d', '--k'):
    parser.add_argument(size, type=int, required=True)
parser.add_argument('--kind', default='', help='what to call the data in the report')
parser.add_argument('--threads', type=int, default=2)
parser.add_argument('--blas', action='store_true', help="OpenBLAS's threads inside each call instead of Python's over blocks")
parser.add_argument('--block', type=int, default=1024, help='rows of a block; 1024 of 128 features are 1 MB')
parser.add_argument('--method', action='append', choices=METHODS)
parser.add_argument('--repeat', type=int, default=5)
parser.add_argument('--json', type=Path)
asked = parser.parse_args()
os.environ['OPENBLAS_NUM_THREADS'] = str(asked.threads if asked.blas else 1)  # read once, when NumPy loads it

import numpy as np
import scipy
from concurrent.futures import ThreadPoolExecutor
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

TOLERANCE = 1e-6  # standard errors a parameter
NO_RULE = 1e-14  # of a SciPy method: never met, so that only what we ask for stops it


class Comparisons:
    """The columns, and one pass over them in blocks."""

    def __init__(self, table, d, k, threads, block):
        self.d, self.k = d, k
        self.weight = np.ascontiguousarray(table[:, 1], float)
        self.preference = np.ascontiguousarray(table[:, 2], float)
        self.context = np.ascontiguousarray(np.delete(table[:, : 3 + k], (1, 2), axis=1), float)  # psi0, then psi
        self.difference = np.ascontiguousarray(table[:, 3 + k :], float)
        self.n = self.weight.sum()
        rows = len(table)
        ends = np.linspace(0, rows, threads + 1).astype(int)
        self.slices = [
            [slice(i, min(i + block, end)) for i in range(begin, end, block)] for begin, end in zip(ends, ends[1:])
        ]
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self.scratch = [np.empty((block, d)) for _ in range(threads)]

    def sums(self, one_thread):
        """Adds up, entry by entry, what one_thread(blocks, scratch) returns."""
        if self.pool is None:
            return one_thread(self.slices[0], self.scratch[0])
        parts = list(self.pool.map(one_thread, self.slices, self.scratch))
        return [sum(entries) for entries in zip(*parts)]

    def moments(self):
        """Sums of w z z', w x x' and w (y - 1/2) z x' with x = (psi0, psi)."""
        unit = bool((self.weight == 1).all())

        def one_thread(blocks, scratch):
            zz, xx = np.zeros((self.d, self.d)), np.zeros((self.k + 1, self.k + 1))
            zx = np.zeros((self.d, self.k + 1))
            for rows in blocks:
                z, x, w = self.difference[rows], self.context[rows], self.weight[rows]
                if unit:
                    zz += z.T @ z  # NumPy sees the symmetry and calls dsyrk
                else:
                    a = np.multiply(z, np.sqrt(w)[:, None], out=scratch[: len(w)])
                    zz += a.T @ a
                wx = x * w[:, None]
                xx += x.T @ wx
                wx *= (self.preference[rows] - 0.5)[:, None]
                zx += z.T @ wx
            return zz, xx, zx

        return self.sums(one_thread)

    def evaluate(self, theta, a, curvature):
        """Loss and its gradient in theta and a, and the blocks of its 'observed' or 'fisher' curvature if wanted.

        The rationality is a' (psi0, psi).
        """
        d, m = self.d, self.k + 1

        def one_thread(blocks, scratch):
            loss, g_theta, g_a = 0.0, np.zeros(d), np.zeros(m)
            h_tt, h_ta, h_aa = np.zeros((d, d)), np.zeros((d, m)), np.zeros((m, m))
            for rows in blocks:
                z, x, w, y = self.difference[rows], self.context[rows], self.weight[rows], self.preference[rows]
                t, s = z @ theta, x @ a
                margin = t * s
                e = np.exp(-np.abs(margin))
                positive = 1 / (1 + e)  # pi of |margin|
                # log(1 + exp(m)) - y m; log is vectorised and log1p is not, and 1e-16 a row is exact enough for a sum.
                loss += w @ (np.maximum(margin, 0) - y * margin - np.log(positive))
                residual = np.where(margin >= 0, positive, 1 - positive)
                residual -= y
                residual *= w
                g_theta += (residual * s) @ z
                g_a += (residual * t) @ x
                if curvature:
                    h = w * (e * positive * positive)  # w pi (1 - pi)
                    scaled = np.multiply(z, (np.sqrt(h) * np.abs(s))[:, None], out=scratch[: len(w)])
                    h_tt += scaled.T @ scaled
                    h_ta += z.T @ (x * (h * s * t + (residual if curvature == 'observed' else 0))[:, None])
                    h_aa += x.T @ (x * (h * t * t)[:, None])
            return (loss, g_theta, g_a, h_tt, h_ta, h_aa) if curvature else (loss, g_theta, g_a)

        return self.sums(one_thread)


class Standardised:
    """The same likelihood in whitened coordinates, where its curvature is nearly the unit matrix.

    theta = c W b and a = (1, gamma) = A (1, beta): with psi centred on psi0 the coefficient of psi0 is no longer 1 but
    scale(beta) = 1 + shift' beta; dividing it out of the rationality multiplies theta by it.
    """

    def __init__(self, data):
        self.data = data
        self.passes = 0
        zz, xx, zx = data.moments()
        n = data.n
        self.z_root = cholesky(zz / n, lower=True)  # z = z_root z~
        self.z_map = solve_triangular(self.z_root, np.eye(data.d), lower=True).T
        x_root = cholesky(xx / n, lower=True)  # its first column takes psi0 out of psi
        self.x_map = solve_triangular(x_root, np.eye(data.k + 1), lower=True).T  # a = x_map a~
        self.start = self.moment_start(zx / n)

    def moment_start(self, zx):
        """To first order zx is a quarter of zz theta a' xx: its leading singular pair is the pair wanted."""
        u, size, v = np.linalg.svd(4 * self.z_map.T @ zx @ self.x_map)
        a = self.x_map @ v[0]
        if abs(a[0]) < 1e-3 * np.linalg.norm(a):
            a[0] = np.copysign(1e-3 * np.linalg.norm(a), a[0])
        return self.inside(self.z_map @ u[:, 0] * (size[0] * a[0]), a[1:] / a[0])

    def inside(self, theta, gamma):
        """Standardised coordinates of (theta, gamma)."""
        a = np.linalg.solve(self.x_map, np.concatenate([[1.0], gamma]))
        return np.concatenate([np.linalg.solve(self.z_map, theta) * a[0], a[1:] / a[0]])

    def outside(self, tau):
        """(theta, gamma) of standardised coordinates."""
        d = self.data.d
        a = self.x_map @ np.concatenate([[1.0], tau[d:]])
        return self.z_map @ tau[:d] * a[0], a[1:] / a[0]

    def evaluate(self, tau, curvature=None):
        """Mean loss, its gradient and if wanted its curvature, at and in standardised coordinates."""
        self.passes += 1
        d, n = self.data.d, self.data.n
        a = self.x_map[:, 1:] @ tau[d:]
        a += self.x_map[:, 0]
        theta = self.z_map @ tau[:d]
        answer = self.data.evaluate(theta, a, curvature)
        inner = self.x_map[:, 1:]
        gradient = np.concatenate([answer[1] @ self.z_map, answer[2] @ inner]) / n
        if not curvature:
            return answer[0] / n, gradient
        h_tt = self.z_map.T @ answer[3] @ self.z_map
        h_ta = self.z_map.T @ answer[4] @ inner
        h_aa = inner.T @ answer[5] @ inner
        return answer[0] / n, gradient, np.block([[h_tt, h_ta], [h_ta.T, h_aa]]) / n


def decrement(gradient, factor, n):
    """Standard errors a parameter from the maximum."""
    return np.sqrt(n * max(gradient @ cho_solve(factor, gradient), 0) / gradient.size)


def close(gradient, factor, n):
    return decrement(gradient, factor, n) <= TOLERANCE


def newton(likelihood, chord):
    """Observed information where it is positive definite, else Fisher; steps halved until Armijo's rule holds.

    With chord, the last factor is kept as soon as the point is a tenth of a standard error close: then a pass takes only
    the gradient, which is five times cheaper, and still gains some digits.
    """
    n = likelihood.data.n
    tau = likelihood.start
    loss, gradient, curvature = likelihood.evaluate(tau, 'observed')
    factor = None
    for _ in range(60):
        if curvature is not None:
            factor = factored(likelihood, tau, curvature)
        size = decrement(gradient, factor, n)
        if size <= TOLERANCE:
            break
        step = -cho_solve(factor, gradient)
        keep = 'observed' if not (chord and size < 0.1) else None
        slope, length = gradient @ step, 1.0
        while True:
            answer = likelihood.evaluate(tau + length * step, keep)
            # The last terms of a sum of n numbers are noise; below it the quadratic model knows better.
            if answer[0] <= loss + 1e-4 * length * slope + 1e-14 * abs(loss):
                break
            length /= 2
        tau = tau + length * step
        loss, gradient, curvature = answer[0], answer[1], answer[2] if keep else None
    return tau


def factored(likelihood, tau, curvature):
    try:
        return cho_factor(curvature)
    except np.linalg.LinAlgError:
        return cho_factor(likelihood.evaluate(tau, 'fisher')[2])


def scipy_method(likelihood, method, bound):
    """SciPy's iterates, ended by a bound on the gradient: largest entry for lbfgs, length for trust-exact."""
    if method == 'lbfgs':
        options = {'gtol': bound, 'ftol': 0.0, 'maxcor': 20, 'maxiter': 10_000, 'maxfun': 20_000}
        found = minimize(likelihood.evaluate, likelihood.start, jac=True, method='L-BFGS-B', options=options)
        return found.x
    last = {}

    def all_at(tau):  # the sums of a point come out of one pass; SciPy asks for them one by one
        if last.get('key') != tau.tobytes():
            last.update(key=tau.tobytes(), answer=likelihood.evaluate(tau, 'observed'))
        return last['answer']

    found = minimize(
        lambda tau: all_at(tau)[0],
        likelihood.start,
        jac=lambda tau: all_at(tau)[1],
        hess=lambda tau: all_at(tau)[2],
        method='trust-exact',
        options={'gtol': bound, 'initial_trust_radius': np.linalg.norm(likelihood.start), 'max_trust_radius': 1e3},
    )
    return found.x


class Watched:
    """A likelihood that notes the gradients asked for: how a run of SciPy's went."""

    def __init__(self, likelihood):
        self.likelihood, self.seen = likelihood, []
        self.data, self.start = likelihood.data, likelihood.start

    def evaluate(self, tau, curvature=None):
        answer = self.likelihood.evaluate(tau, curvature)
        self.seen.append(answer[1])
        return answer


def bound_for(data, method, factor):
    """The largest bound on the gradient whose first iterate below is close enough: the kindest one there is."""
    watched = Watched(Standardised(data))
    scipy_method(watched, method, NO_RULE)
    size = np.linalg.norm if method == 'trust-exact' else lambda g: np.max(np.abs(g))
    sizes = [size(g) for g in watched.seen]
    good = [i for i, g in enumerate(watched.seen) if close(g, factor, data.n)]
    if not good:
        return min(sizes) * 1.0000001
    # Nothing before may be below the bound, or the run would end there.
    return min([sizes[good[0]] * 1.0000001] + [s * 0.9999999 for s in sizes[: good[0]]])


def fit(data, method, bound):
    begin = time.perf_counter()
    likelihood = Standardised(data)
    if method.startswith('newton'):
        tau = newton(likelihood, method == 'newton-chord')
    else:
        tau = scipy_method(likelihood, method, bound)
    theta, gamma = likelihood.outside(tau)
    return time.perf_counter() - begin, likelihood, tau, theta, gamma


def standard_errors(data, theta, gamma):
    """By the inverse of the Fisher information at the estimate, of the parameters as they are."""
    a = np.concatenate([[1.0], gamma])
    _, _, _, h_tt, h_ta, h_aa = data.evaluate(theta, a, 'fisher')
    information = np.block([[h_tt, h_ta[:, 1:]], [h_ta[:, 1:].T, h_aa[1:, 1:]]])
    return np.sqrt(np.diag(np.linalg.inv(information)))


def measure(data, method, factor):
    bound = None if method.startswith('newton') else bound_for(data, method, factor)
    seconds = []
    for _ in range(asked.repeat):
        took, likelihood, tau, theta, gamma = fit(data, method, bound)
        seconds.append(took)
    passes = likelihood.passes + 1  # that of the moments
    loss, gradient, curvature = likelihood.evaluate(tau, 'observed')
    reached = decrement(gradient, cho_factor(curvature), data.n)
    return {
        'method': method,
        'kind': asked.kind,
        'threads': asked.threads,
        'split': 'blas' if asked.blas else 'python',
        'passes': passes,
        'seconds': seconds,
        'best': min(seconds),
        'median': statistics.median(seconds),
        'decrementPerParameter': reached,
        'closeEnough': bool(reached <= TOLERANCE),
        'gradientBound': bound,
        'logLikelihood': -loss * data.n,
        'theta': theta.tolist(),
        'gamma': gamma.tolist(),
        'standardErrors': standard_errors(data, theta, gamma).tolist(),
    }


def main():
    table = np.memmap(asked.data, '<f4', 'r').reshape(asked.n, 3 + asked.k + asked.d)
    data = Comparisons(table, asked.d, asked.k, asked.threads, asked.block)
    del table
    likelihood = Standardised(data)
    factor = cho_factor(likelihood.evaluate(newton(likelihood, False), 'observed')[2])
    results = []
    for method in asked.method or METHODS:
        result = measure(data, method, factor)
        results.append(result)
        print(
            f"{method:13} {result['passes']:4} passes   best {result['best']:7.3f} s   median {result['median']:7.3f} s   "
            f"{result['decrementPerParameter']:.1e} standard errors a parameter   {result['logLikelihood']:.6f} nats",
            file=sys.stderr,
        )
    report = {'n': asked.n, 'd': asked.d, 'k': asked.k, 'numpy': np.__version__, 'scipy': scipy.__version__, 'fits': results}
    text = json.dumps(report, indent=1)
    if asked.json:
        asked.json.write_text(text + '\n')
    else:
        print(text)


if __name__ == '__main__':
    main()
