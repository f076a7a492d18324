package dev.assay.cli.fit;

/** Levels of two-sided intervals, as 0.95. */
final class Levels {
    static final double USUAL = 0.95;
    static final String BOUND = "must be above 0 and at most 1 - 1e-12";

    private static final double HIGHEST = 1 - 1e-12; // beyond, the quantile soon rounds to infinity

    private Levels() {}

    static boolean isUsable(double level) {
        return level > 0 && level <= HIGHEST;
    }
}
