package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;

/**
 * How a probability without a formula is computed; the same seed gives the same digits.
 *
 * @param draws at least 100 and at most 10 million; the error falls with their square root
 */
public record MonteCarlo(long seed, int draws) {
    private static final int LEAST = 100;
    private static final int MOST = 10_000_000;
    /** Enough for two digits after the point of a critical value. */
    private static final int USUAL = 20_000;

    public MonteCarlo {
        Require.that(draws >= LEAST && draws <= MOST, "draws must be in [%s, %s], were %s", LEAST, MOST, draws);
    }

    public static MonteCarlo seeded(long seed) {
        return new MonteCarlo(seed, USUAL);
    }
}
