package dev.assay.cli.simulate;

import java.util.Locale;

/** Numbers as the pages write them. */
final class Numbers {
    private Numbers() {}

    static String fixed(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static double[] doubles(int... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
