package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;

/** The branch W₋₁ of the inverse of w ↦ w·e^w, with values of −1 and below. */
final class LambertW {
    private static final int STEPS = 60;

    private LambertW() {}

    /**
     * @param x at least −1/e (but for rounding), below 0
     * @return w ≤ −1 with w·e^w = x
     */
    static double minusOne(double x) {
        Require.that(x < 0 && x >= -Math.exp(-1) * (1 + 1e-15), "x must be in [−1/e, 0), was %s", x);
        // With y = −w the equation is y − ln y = 1 + u, convex in y: Newton's steps from above fall towards the root.
        // 1 + √(2u) + 2u/3 < y < 1 + √(2u) + u (Chatzigeorgiou 2013) catches what rounding does near y = 1.
        double u = Math.max(0, -Math.log(-x) - 1);
        double lower = 1 + Math.sqrt(2 * u) + 2 * u / 3;
        double y = 1 + Math.sqrt(2 * u) + u;
        for (int step = 0; step < STEPS && y > lower; step++) {
            double next = Math.max(lower, y - (y - Math.log(y) - 1 - u) / (1 - 1 / y));
            if (next >= y) {
                return -y;
            }
            y = next;
        }
        return -y;
    }
}
