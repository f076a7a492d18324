package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Require;
import java.util.List;
import java.util.Locale;

/**
 * The slope of a straight line through a few means, each with a Monte-Carlo error of its own.
 *
 * @param value         by least squares, every point with the same weight
 * @param standardError from the errors of the means alone: it says nothing about the points lying on a line
 * @param intercept     of the line
 */
record Slope(double value, double standardError, double intercept) {
    static final double NORMAL = 1.959964; // two-sided 95 %

    /**
     * @param errors standard errors of y, independent
     */
    static Slope of(double[] x, double[] y, double[] errors) {
        Require.that(x.length >= 2 && x.length == y.length && x.length == errors.length, "a line needs two points");
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double squares = 0;
        for (double value : x) {
            squares += (value - meanX) * (value - meanX);
        }
        double slope = 0;
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            double coefficient = (x[i] - meanX) / squares;
            slope += coefficient * y[i];
            variance += coefficient * coefficient * errors[i] * errors[i];
        }
        return new Slope(slope, Math.sqrt(variance), meanY - slope * meanX);
    }

    /** Of log mean against log x. */
    static Slope logarithmic(double[] x, List<ReplicationMean> means) {
        double[] logX = new double[x.length];
        double[] logY = new double[x.length];
        double[] errors = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            logX[i] = Math.log(x[i]);
            logY[i] = Math.log(means.get(i).mean());
            errors[i] = means.get(i).standardError() / means.get(i).mean();
        }
        return of(logX, logY, errors);
    }

    double lower() {
        return value - NORMAL * standardError;
    }

    double upper() {
        return value + NORMAL * standardError;
    }

    boolean contains(double slope) {
        return lower() <= slope && slope <= upper();
    }

    /** As {@code −0.503 [−0.519, −0.487]}: the value with its 95 % interval. */
    String text() {
        return text(value, standardError);
    }

    /** A value with its 95 % interval, normal. */
    static String text(double value, double standardError) {
        double half = NORMAL * standardError;
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", value, value - half, value + half);
    }
}
