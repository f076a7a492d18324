"""The maximum of the joint likelihood, MODEL (1) to (6) and (13), by Newton's method."""

import numpy as np

from standing import context_of, features_of, preference_of


class Data:
    """Judgments in numbers: a row each."""

    def __init__(self, lines, folder):
        lines = list(lines)
        features = np.array([features_of(line) for line in lines])
        self.z = (features[:, 0] - features[:, 1]).astype(float)  # subtracted in float32, as they are kept
        self.psi = np.array([context_of(line, folder) for line in lines], float)
        self.offset = np.float64(np.float32(folder.offset))
        self.y = np.array([preference_of(line["ranking"]) for line in lines])
        self.w = np.array([line["weight"] for line in lines])
        self.annotators = [line["annotator"] for line in lines]


class Point:
    """Everything at one (theta, gamma)."""

    def __init__(self, data, tau):
        d = data.z.shape[1]
        self.tau = tau
        reward = data.z @ tau[:d]
        sigma = data.offset + data.psi @ tau[d:]
        margin = sigma * reward
        chance = np.where(
            margin >= 0, 1 / (1 + np.exp(-np.abs(margin))), np.exp(-np.abs(margin)) / (1 + np.exp(-np.abs(margin)))
        )
        self.log_likelihood = np.sum(
            data.w * (data.y * margin - np.maximum(margin, 0) - np.log1p(np.exp(-np.abs(margin))))
        )
        rows = np.hstack([sigma[:, None] * data.z, reward[:, None] * data.psi])
        left = data.w * (data.y - chance)
        self.scores = left[:, None] * rows
        self.gradient = self.scores.sum(axis=0)
        self.information = rows.T @ ((data.w * chance * (1 - chance))[:, None] * rows)
        self.cross = data.z.T @ (left[:, None] * data.psi)
        self.rows = rows
        self.left = left

    @property
    def observed(self):
        """H of MODEL (6)."""
        d = self.cross.shape[0]
        observed = self.information.copy()
        observed[:d, d:] -= self.cross
        observed[d:, :d] -= self.cross.T
        return observed

    @property
    def decrement(self):
        return self.gradient @ np.linalg.solve(self.observed, self.gradient)

    def standard_errors(self):
        return np.sqrt(np.diag(np.linalg.inv(self.information)))

    def meat(self, data):
        """B and G of MODEL (13): annotators are clusters, a row without one of weight w is w clusters of its own."""
        size = len(self.tau)
        sums = {}
        meat = np.zeros((size, size))
        clusters = 0.0
        for i, annotator in enumerate(data.annotators):
            if annotator is None:
                row = self.rows[i]
                meat += self.left[i] ** 2 / max(data.w[i], 1e-300) * np.outer(row, row)
                clusters += data.w[i]
            else:
                sums[annotator] = sums.get(annotator, 0) + self.scores[i]
        for one in sums.values():
            meat += np.outer(one, one)
        return meat, clusters + len(sums)


def _step(point):
    """Newton's direction; where the curvature is none of a maximum's, the Fisher matrix gives one uphill."""
    for matrix in (point.observed, point.information, point.information + 1e-3 * np.eye(len(point.tau))):
        try:
            np.linalg.cholesky(matrix)
        except np.linalg.LinAlgError:
            continue
        return np.linalg.solve(matrix, point.gradient)
    return point.gradient


def maximum(data, tries=200):
    """The Point of the maximum, from a start of its own: the reward of a fit without contexts."""
    d, k = data.z.shape[1], data.psi.shape[1]
    point = Point(data, np.concatenate([0.01 * data.z.T @ (data.w * (data.y - 0.5)) / data.w.sum(), np.zeros(k)]))
    for _ in range(tries):
        step = _step(point)
        length = 1.0
        while True:
            there = Point(data, point.tau + length * step)
            if there.log_likelihood >= point.log_likelihood - 1e-12 * abs(point.log_likelihood) or length < 1e-12:
                break
            length /= 2
        point = there
        size = np.abs(point.gradient) / np.sqrt(np.diag(point.information))
        if size.max() < 1e-11:
            break
    if not size.max() < 1e-8:
        raise ArithmeticError(f"the checker's own solver did not converge: gradient {size.max():.1e} standard errors")
    return Point(data, point.tau + _step(point))
