package dev.assay.lab.simulate;

/**
 * When a rerun is due, MODEL §2.
 *
 * @param name         for people
 * @param growth       whether n having grown by 1.3 below 500p, by 2 above, makes one due
 * @param largestDrift drift estimate above which one is due, in standard errors; +∞ for never
 */
record UpdateRule(String name, boolean growth, double largestDrift) {
    static final UpdateRule NEVER = new UpdateRule("none after 100p", false, Double.POSITIVE_INFINITY);
    static final UpdateRule GROWTH = new UpdateRule("growth of n", true, Double.POSITIVE_INFINITY);
    static final UpdateRule DRIFT = new UpdateRule("drift above 0.1", false, 0.1);
    static final UpdateRule DEFAULT = new UpdateRule("growth or drift", true, 0.1);

    /** Judgments a parameter: below, no one-step estimate is published. */
    static final int PUBLISHED_FROM = 100;

    private static final int SETTLED_FROM = 500;
    private static final double EARLY_GROWTH = 1.3;
    private static final double SETTLED_GROWTH = 2;

    /** Whether one-step estimates are published. */
    static boolean publishes(long n, int p) {
        return n >= (long) PUBLISHED_FROM * p;
    }

    /**
     * @param before judgments at the last rerun
     * @param drift  estimated, in standard errors
     */
    boolean due(long n, long before, int p, double drift) {
        if (!publishes(n, p)) {
            return n >= EARLY_GROWTH * before; // by every rule
        }
        double most = n < (long) SETTLED_FROM * p ? EARLY_GROWTH : SETTLED_GROWTH;
        return (growth && n >= most * before) || drift > largestDrift;
    }
}
