package dev.assay.estimator.sums;

/**
 * Σ w [y·m − log(1 + e^m)], MODEL (2), with one logarithm for hundreds of judgments: the logarithm of a product of factors
 * 1 + e^{−|m|}. Where that is nearly 1 its last digits count, and a judgment has a logarithm of its own.
 */
final class LogLikelihoodSum {
    private static final double NEARLY_NOTHING = 1e-4;
    private static final double LARGE = 1e250; // a factor is at most 2

    private double sum;
    private double product = 1;

    /** @param tail e^{−|m|} */
    void add(double weight, double margin, double tail, double preference) {
        // y·m − max(m, 0) first: for a sure and right judgment it is exactly 0, and the small rest keeps its digits.
        double certain = preference * margin - Math.max(margin, 0);
        if (weight == 1 && tail >= NEARLY_NOTHING) {
            sum += certain;
            product *= 1 + tail;
            if (product > LARGE) {
                sum -= Math.log(product);
                product = 1;
            }
        } else {
            sum += weight * (certain - Math.log1p(tail));
        }
    }

    void add(LogLikelihoodSum other) {
        sum = total() + other.total();
        product = 1;
    }

    double total() {
        return sum - Math.log(product);
    }
}
