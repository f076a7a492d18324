"""Two-sided probabilities of Student's t and of the normal distribution, to about 1e-13."""

import math


def within(quantile, degrees):
    """The probability of -quantile to quantile; degrees may be infinite."""
    if math.isinf(degrees):
        return math.erf(quantile / math.sqrt(2))
    return 1 - _beta(degrees / (degrees + quantile * quantile), degrees / 2, 0.5)


def _beta(x, a, b):
    """The regularised incomplete beta function."""
    if x in (0.0, 1.0):
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # Lentz's method for the continued fraction.
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    fraction = d
    for m in range(1, 2000):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + top * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + top / c
            c = c if abs(c) > tiny else tiny
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction / a
