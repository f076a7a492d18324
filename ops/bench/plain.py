#!/usr/bin/python3
"""The fit of reference.py as one writes it first: whole float64 arrays, one expression a formula, OpenBLAS's own threads.

Same standardisation, start and stopping as there (sqrt(g' H^-1 g / p) <= 1e-6 for Newton, a bound on the mean gradient for
SciPy's two). Features are whitened into a copy, and that is inside the time, as the start is. Reading the file is not.

Usage: OPENBLAS_NUM_THREADS=2 plain.py DATA.f32 --n N --d D --k K [--repeat R]
"""
import argparse
import time

import numpy as np
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

GRADIENT_BOUND = 1e-9  # of the mean gradient, in whitened coordinates: some 1e-6 standard errors a parameter at this size


class Likelihood:
    """Mean loss, gradient and curvature at tau = (theta, gamma), whitened; MODEL (2), (4)-(6)."""

    def __init__(self, rows, d, k):
        psi0, self.y, psi, z = rows[:, :1], rows[:, 2], rows[:, 3 : 3 + k], rows[:, 3 + k :]
        n = len(rows)
        self.d = d
        self.z = solve_triangular(cholesky(z.T @ z / n, lower=True), z.T, lower=True).T
        psi = psi - psi0 * (psi0.T @ psi / (psi0.T @ psi0))
        self.psi = solve_triangular(cholesky(psi.T @ psi / n, lower=True), psi.T, lower=True).T
        self.psi0 = psi0[:, 0]
        self.passes = 0

    def start(self):
        """The leading singular pair of the moments: MODEL 6."""
        sides = np.column_stack([self.psi0 / np.sqrt(np.mean(self.psi0**2)), self.psi])
        u, s, v = np.linalg.svd(self.z.T @ ((self.y - 0.5)[:, None] * sides) / len(self.y), full_matrices=False)
        return np.concatenate([4 * s[0] * v[0, 0] * u[:, 0], v[0, 1:] / v[0, 0]])

    def margins(self, tau):
        sigma = self.psi0 + self.psi @ tau[self.d :]
        reward = self.z @ tau[: self.d]
        return sigma, reward, sigma * reward

    def value(self, tau):
        self.passes += 1
        sigma, reward, m = self.margins(tau)
        residual = 1 / (1 + np.exp(-m)) - self.y
        gradient = np.concatenate([self.z.T @ (residual * sigma), self.psi.T @ (residual * reward)])
        return np.mean(np.logaddexp(0, m) - self.y * m), gradient / len(m)

    def hessian(self, tau):
        sigma, reward, m = self.margins(tau)
        pi = 1 / (1 + np.exp(-m))
        v = np.hstack([sigma[:, None] * self.z, reward[:, None] * self.psi]) * np.sqrt(pi * (1 - pi))[:, None]
        h = v.T @ v
        cross = self.z.T @ ((self.y - pi)[:, None] * self.psi)
        h[: self.d, self.d :] -= cross
        h[self.d :, : self.d] -= cross.T
        return h / len(m)


def newton(likelihood, tau):
    value, gradient = likelihood.value(tau)
    while True:
        step = cho_solve(cho_factor(likelihood.hessian(tau)), gradient)
        if np.sqrt(len(likelihood.y) * gradient @ step / len(tau)) <= 1e-6:
            return value
        scale = 1.0
        while True:
            new_value, new_gradient = likelihood.value(tau - scale * step)
            if new_value <= value - 1e-4 * scale * gradient @ step + 1e-14:
                break
            scale /= 2
        tau, value, gradient = tau - scale * step, new_value, new_gradient


def scipy_fit(method):
    options = {'lbfgs': {'gtol': GRADIENT_BOUND, 'ftol': 0, 'maxcor': 20}, 'trust-exact': {'gtol': GRADIENT_BOUND}}[method]

    def fit(likelihood, tau):
        name = {'lbfgs': 'L-BFGS-B'}.get(method, method)
        hessian = likelihood.hessian if method == 'trust-exact' else None
        return minimize(likelihood.value, tau, jac=True, hess=hessian, method=name, options=options).fun

    return fit


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('data')
    for size in 'ndk':
        parser.add_argument('--' + size, type=int, required=True)
    parser.add_argument('--repeat', type=int, default=3)
    args = parser.parse_args()
    rows = np.fromfile(args.data, '<f4').reshape(args.n, -1).astype(float)
    for name, fit in [('lbfgs', scipy_fit('lbfgs')), ('trust-exact', scipy_fit('trust-exact')), ('newton', newton)]:
        seconds = []
        for _ in range(args.repeat):
            begin = time.perf_counter()
            likelihood = Likelihood(rows, args.d, args.k)
            value = fit(likelihood, likelihood.start())
            seconds.append(time.perf_counter() - begin)
        print(f'plain {name:11s} {likelihood.passes:3d} passes   best {min(seconds):7.3f} s   '
              f'median {np.median(seconds):7.3f} s   log-likelihood {-value * args.n:.6f}')


if __name__ == '__main__':
    main()
