package dev.assay.estimator.inference;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** What an estimate over its standard error is compared with: Student's t, or the normal it goes over into. */
final class ReferenceDistribution {
    /** Degrees of freedom from which on quantiles of t and normal agree to seven digits. */
    static final double NEARLY_NORMAL = 1e7;

    private static final double QUANTILE_ERROR = 1e-15; // the library's own 1e-9 shows in the tenth digit of a bound

    private ReferenceDistribution() {}

    /** @param degreesOfFreedom above 0; +∞ for the normal distribution */
    static RealDistribution of(double degreesOfFreedom) {
        // Without a random generator: these distributions are asked for quantiles, never for samples.
        return degreesOfFreedom > NEARLY_NORMAL
                ? new NormalDistribution(null, 0, 1)
                : new TDistribution(null, degreesOfFreedom, QUANTILE_ERROR);
    }

    /** q_{1−α/2} for the level 1 − α. */
    static double quantile(double degreesOfFreedom, double level) {
        return of(degreesOfFreedom).inverseCumulativeProbability(0.5 + level / 2);
    }

    /** Probability of a value at least so far from 0, to either side. */
    static double twoSided(double degreesOfFreedom, double statistic) {
        return Math.min(1, 2 * of(degreesOfFreedom).cumulativeProbability(-Math.abs(statistic)));
    }
}
