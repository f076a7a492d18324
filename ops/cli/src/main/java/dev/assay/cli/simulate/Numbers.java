package dev.assay.cli.simulate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the pages write them. */
final class Numbers {
    private Numbers() {}

    static String fixed(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
    }
    /** As short as it can be written without an exponent, to six digits. */
    static String plain(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
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
