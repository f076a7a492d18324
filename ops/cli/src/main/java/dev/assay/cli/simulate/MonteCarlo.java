package dev.assay.cli.simulate;

import java.util.Locale;

/**
 * A mean over replications.
 *
 * @param standardError of the mean, from the spread of the replications; NaN of fewer than two
 * @param count         replications it is the mean of
 */
record MonteCarlo(double mean, double standardError, int count) {
    static MonteCarlo of(double... values) {
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
        return new MonteCarlo(mean, values.length < 2 ? Double.NaN : error, values.length);
    }

    /** The root of a mean of squares, its standard error by the delta method. */
    MonteCarlo root() {
        double root = Math.sqrt(mean);
        return new MonteCarlo(root, standardError / (2 * root), count);
    }

    /** As {@code 0.951 ± 0.003}: mean and standard error. */
    String text(int digits) {
        String format = "%." + digits + "f ± %." + digits + "f";
        return count == 0 ? "–" : String.format(Locale.ROOT, format, mean, standardError);
    }
}
