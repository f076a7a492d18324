package dev.assay.estimator.choice;

/** The logistic choice of MODEL (1) and (2) as functions of the margin m, exact in both tails. */
public final class ChoiceModel {
    private ChoiceModel() {}

    /** π(m) = 1/(1 + e^{−m}), the probability that the first response is preferred. */
    public static double probability(double margin) {
        double tail = Math.exp(-Math.abs(margin));
        return (margin >= 0 ? 1 : tail) / (1 + tail);
    }

    /** y·m − log(1 + e^m), in nats; never above 0 for y in [0, 1]. */
    public static double logLikelihood(double margin, double preference) {
        // y·m − max(m, 0) first: for a sure and right judgment it is exactly 0, and the small rest keeps its digits.
        return preference * margin - Math.max(margin, 0) - Math.log1p(Math.exp(-Math.abs(margin)));
    }

    /** y − π(m). Not computed as a difference, so that a sure and right judgment keeps a residual above 0. */
    public static double residual(double margin, double preference) {
        double tail = Math.exp(-Math.abs(margin));
        double first = (margin >= 0 ? 1 : tail) / (1 + tail);
        double second = (margin >= 0 ? tail : 1) / (1 + tail);
        return preference * second - (1 - preference) * first;
    }

    /** π(1 − π), the curvature in the margin. */
    public static double variance(double margin) {
        double tail = Math.exp(-Math.abs(margin));
        return tail / ((1 + tail) * (1 + tail));
    }
}
