#!/usr/bin/python3
"""Writes a seeded campaign as float32 rows [psi0, w, y, psi_1..psi_k, z_1..z_d], little endian, row after row.

Both sides of a comparison read this file, so that they maximise the likelihood of the same numbers.
Usage: generate.py N D K SEED OUT --isotropic | --ill [--extra SHARE]

--isotropic  features of length 1 in random directions; every annotator judges after the same context effects
--ill        feature variances fall as j^-1.5, and 20 % of the annotators judge against the reward (mean rationality -0.6)
--extra      a second file OUT.extra with that share of N more rows of the same campaign, for warm fits
"""
import argparse
from pathlib import Path

import numpy as np

REWARD_SPREAD = 1.5  # standard deviation of theta'z: most judgments are neither obvious nor a coin toss
RATIONALITY_SPREAD = 0.4  # standard deviation of gamma'psi around the offset 1
ADVERSARIAL = 0.2
ADVERSARIAL_RATIONALITY = -0.6
CHUNK = 20_000


def differences(rng, n, d, ill):
    sides = rng.standard_normal((2, n, d))
    if ill:
        sides *= np.arange(1, d + 1) ** -0.75
    else:
        sides /= np.linalg.norm(sides, axis=2, keepdims=True)
    return sides[0] - sides[1]


def contexts(rng, n, k, ill):
    """Uniform and yes-or-no attributes in turn; in an ill campaign the last tells the adversarial."""
    psi = rng.uniform(-1, 1, (n, k))
    psi[:, 1::2] = rng.random((n, k // 2)) < 0.5
    if ill:
        psi[:, -1] = rng.random(n) < ADVERSARIAL
    return psi


def truth(rng, d, k, ill):
    theta = rng.uniform(-1, 1, d)
    sample = differences(np.random.default_rng(1), 20_000, d, ill)
    theta *= REWARD_SPREAD / np.std(sample @ theta)
    gamma = rng.uniform(-1, 1, k)
    variance = np.where(np.arange(k) % 2, 1 / 4, 1 / 3)
    mean = np.where(np.arange(k) % 2, 1 / 2, 0.0)
    if ill:
        gamma[-1] = 0
    if k > ill:
        gamma *= RATIONALITY_SPREAD / np.sqrt(gamma**2 @ variance)
    if ill:
        gamma[-1] = ADVERSARIAL_RATIONALITY - 1 - gamma @ mean
    return theta, gamma


def write(path, rng, n, theta, gamma, ill):
    with path.open('wb') as out:
        for begin in range(0, n, CHUNK):
            rows = min(CHUNK, n - begin)
            table = np.empty((rows, 3 + gamma.size + theta.size), '<f4')
            table[:, :2] = 1
            table[:, 3:] = np.hstack([contexts(rng, rows, gamma.size, ill), differences(rng, rows, theta.size, ill)])
            # Judged by the numbers the file holds, not by those before rounding.
            psi, z = table[:, 3 : 3 + gamma.size].astype(float), table[:, 3 + gamma.size :].astype(float)
            margin = (1 + psi @ gamma) * (z @ theta)
            table[:, 2] = rng.random(rows) < 1 / (1 + np.exp(-margin))
            out.write(table.tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('n', 'd', 'k', 'seed'):
        parser.add_argument(name, type=int)
    parser.add_argument('out', type=Path)
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument('--isotropic', action='store_true')
    kind.add_argument('--ill', action='store_true')
    parser.add_argument('--extra', type=float, default=0.0, metavar='SHARE')
    asked = parser.parse_args()
    if asked.ill and asked.k < 1:
        parser.error('--ill needs K of at least 1, for the attribute of the adversarial')
    rng = np.random.default_rng(asked.seed)
    theta, gamma = truth(rng, asked.d, asked.k, asked.ill)
    write(asked.out, rng, asked.n, theta, gamma, asked.ill)
    if asked.extra > 0:
        write(asked.out.with_name(asked.out.name + '.extra'), rng, round(asked.extra * asked.n), theta, gamma, asked.ill)


if __name__ == '__main__':
    main()
