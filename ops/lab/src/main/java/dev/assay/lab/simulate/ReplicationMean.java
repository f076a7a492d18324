package dev.assay.lab.simulate;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over replications.
 *
 * @param standardError of the mean, from the spread of the replications; NaN of fewer than two
 * @param count         replications it is the mean of
 */
public record ReplicationMean(double mean, double standardError, int count) {
    public static ReplicationMean of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1.0) / values.length);
        return new ReplicationMean(mean, values.length < 2 ? Double.NaN : error, values.length);
    }

    /** The root of a mean of squares, its standard error by the delta method. */
    ReplicationMean root() {
        double root = Math.sqrt(mean);
        return new ReplicationMean(root, standardError / (2 * root), count);
    }

    /** Half of the 95 % interval by Student's t: for means over few. */
    double half() {
        return new TDistribution(null, count - 1.0).inverseCumulativeProbability(0.975) * standardError;
    }

    /** As {@code 0.95 [0.91, 0.99]}, by Student's t; a dash for a mean of fewer than two. */
    String interval(int digits) {
        if (count < 2) {
            return "–";
        }
        return Numbers.fixed(mean, digits) + " [" + Numbers.fixed(mean - half(), digits) + ", "
                + Numbers.fixed(mean + half(), digits) + "]";
    }

    /** As {@code 0.951 ± 0.003}: mean and standard error, as far as there are any. */
    public String text(int digits) {
        if (count == 0) {
            return "–";
        }
        String written = Numbers.fixed(mean, digits);
        return count == 1 ? written : written + " ± " + Numbers.fixed(standardError, digits);
    }
}
