package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The distribution of max |Zᵢ| for Z normal with a given correlation, or of max |Tᵢ| for the t that comes of dividing all
 * Zᵢ by one estimated scale. The correlation may be singular.
 *
 * <p>With Z = A·g, g normal in as many dimensions as the correlation has rank, max |Zᵢ| = ‖g‖ · M(g/‖g‖). Length and
 * direction are independent, the length's distribution is known: only directions are drawn, and P(max > x) is the mean
 * over them of P(‖g‖ > x/M). For one Z that is exact.
 */
final class MaximumDistribution {
    private static final int PLACES = 512;
    private static final int HALVINGS = 60;
    private static final double ENOUGH = 1e-6; // of a critical value; the draws allow no more

    private final int rank;
    private final double degreesOfFreedom;
    private final int draws;
    private final double[] places; // of M, in (0, 1]
    private final double[] shares; // of the directions drawn at each place; they sum to 1

    private MaximumDistribution(int rank, double degreesOfFreedom, double[] maxima) {
        this.rank = rank;
        this.degreesOfFreedom = degreesOfFreedom;
        this.draws = maxima.length;
        double least = Arrays.stream(maxima).min().orElseThrow();
        this.places = new double[least < 1 ? PLACES : 1];
        this.shares = new double[places.length];
        double step = (1 - least) / Math.max(1, places.length - 1);
        for (int i = 0; i < places.length; i++) {
            places[i] = 1 - (places.length - 1 - i) * step;
        }
        for (double maximum : maxima) {
            share(step > 0 ? (maximum - least) / step : 0);
        }
    }

    // A draw between two places counts for both, by nearness: P(max > x) bends so little between neighbours that its
    // mean changes by less than 1e-5, and it costs as many tails as there are places, not draws.
    private void share(double position) {
        int lower = Math.max(0, Math.min(places.length - 2, (int) position));
        double above = places.length == 1 ? 0 : position - lower;
        shares[lower] += (1 - above) / draws;
        if (above > 0) {
            shares[lower + 1] += above / draws;
        }
    }

    /**
     * @param correlation      with ones on its diagonal, size at least 1
     * @param degreesOfFreedom of the estimated scale; +∞ for the normal
     */
    static MaximumDistribution of(PackedSymmetric correlation, double degreesOfFreedom, MonteCarlo monteCarlo) {
        double[][] columns = SemidefiniteFactor.columns(correlation);
        SplittableRandom random = new SplittableRandom(monteCarlo.seed());
        double[] maxima = new double[columns.length == 1 ? 1 : monteCarlo.draws()];
        double[] values = new double[correlation.size()];
        for (int draw = 0; draw < maxima.length; draw++) {
            maxima[draw] = maximum(columns, random, values);
        }
        return new MaximumDistribution(columns.length, degreesOfFreedom, maxima);
    }

    private static double maximum(double[][] columns, SplittableRandom random, double[] values) {
        Arrays.fill(values, 0);
        double square = 0;
        for (double[] column : columns) {
            double normal = random.nextGaussian();
            square += normal * normal;
            for (int i = 0; i < values.length; i++) {
                values[i] += normal * column[i];
            }
        }
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return Math.min(1, largest / Math.sqrt(square));
    }

    /** P(max > x), for x ≥ 0. */
    double tail(double x) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            sum += shares[i] * tail(x, places[i]);
        }
        return Math.min(1, sum); // the shares add up to 1 but for rounding
    }

    /** Standard error of {@link #tail}, from the draws. */
    double tailError(double x) {
        double mean = tail(x);
        double variance = 0;
        for (int i = 0; i < places.length; i++) {
            double deviation = tail(x, places[i]) - mean;
            variance += shares[i] * deviation * deviation;
        }
        return Math.sqrt(variance / draws);
    }

    /** The x with P(max > x) = 1 − level. */
    double quantile(double level) {
        double alpha = 1 - level;
        double lower = ReferenceDistribution.quantile(degreesOfFreedom, level); // of one alone
        if (rank == 1) {
            return lower; // all are the same but for their signs
        }
        double upper = lower + 1;
        while (tail(upper) > alpha) {
            lower = upper;
            upper *= 2;
        }
        // The logarithm of the tail is nearly straight in x, so secants find the place in a few steps; every third step
        // halves the bracket, should they not shrink it.
        double atLower = Math.log(tail(lower) / alpha);
        double atUpper = Math.log(Math.max(tail(upper), Double.MIN_NORMAL) / alpha);
        for (int step = 0; step < HALVINGS && upper - lower > ENOUGH * upper; step++) {
            double secant = lower + (upper - lower) * atLower / (atLower - atUpper);
            double x = step % 3 == 2 || !(secant > lower && secant < upper) ? (lower + upper) / 2 : secant;
            double value = Math.log(Math.max(tail(x), Double.MIN_NORMAL) / alpha);
            if (Math.abs(value) < ENOUGH) {
                return x;
            }
            if (value > 0) {
                lower = x;
                atLower = value;
            } else {
                upper = x;
                atUpper = value;
            }
        }
        return (lower + upper) / 2;
    }

    private double tail(double x, double maximum) {
        double square = x * x / (maximum * maximum);
        return degreesOfFreedom > ReferenceDistribution.NEARLY_NORMAL
                ? Gamma.regularizedGammaQ(rank / 2.0, square / 2)
                : Beta.regularizedBeta(
                        degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, rank / 2.0);
    }
}
