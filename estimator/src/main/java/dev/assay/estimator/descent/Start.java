package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;

/** Where a fit begins. */
public sealed interface Start {
    /** Where the moments say, as the judgments alone decide; the point only has the dimensions. */
    record Cold(Parameters point) implements Start {}

    /** At given parameters, in the coordinates the moments give. */
    record Warm(Parameters point) implements Start {}

    /**
     * At the maximum of an earlier fit of nearly the same judgments, with its curvature: some gradients and one round of
     * statistics, no moments. For {@link LbfgsDescent}; to any other descent a warm start.
     */
    record Resumed(Fit before) implements Start {
        @Override
        public Parameters point() {
            return before.parameters();
        }
    }

    Parameters point();

    /**
     * @param d reward dimension
     * @param k rationality dimension, may be 0
     */
    static Start cold(int d, int k) {
        return new Cold(Parameters.zeros(d, k));
    }

    static Start warm(Parameters point) {
        return new Warm(point);
    }

    static Start resumed(Fit before) {
        return new Resumed(before);
    }
}
