package dev.assay.lab.simulate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the pages write them. */
public final class Numbers {
    private Numbers() {}

    public static String fixed(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
    }
    /** As short as it can be written without an exponent, to six digits. */
    public static String plain(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    public static double[] doubles(int... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
