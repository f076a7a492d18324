package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.Comparator;
import java.util.stream.IntStream;

/** p-values of several tests, adjusted so that each may be compared with the error rate wanted for all together. */
public final class MultipleTests {
    private MultipleTests() {}

    /**
     * Holm's: below α, the chance of any wrong rejection is at most α, whatever the dependence.
     *
     * @param pValues one a test, between 0 and 1
     * @return in the same order, at most 1
     */
    public static Vector holm(Vector pValues) {
        int[] ascending = ascending(pValues);
        double[] adjusted = new double[ascending.length];
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            int remaining = ascending.length - rank;
            largest = Math.max(largest, Math.min(1, remaining * pValues.get(ascending[rank])));
            adjusted[ascending[rank]] = largest;
        }
        return Vector.of(adjusted);
    }

    /**
     * Benjamini and Hochberg's: below q, the expected share of wrong rejections among all is at most q, for tests that are
     * independent or positively dependent.
     *
     * @param pValues one a test, between 0 and 1
     * @return in the same order, at most 1
     */
    public static Vector benjaminiHochberg(Vector pValues) {
        int[] ascending = ascending(pValues);
        double[] adjusted = new double[ascending.length];
        double smallest = 1;
        for (int rank = ascending.length - 1; rank >= 0; rank--) {
            smallest = Math.min(smallest, pValues.get(ascending[rank]) * ascending.length / (rank + 1));
            adjusted[ascending[rank]] = smallest;
        }
        return Vector.of(adjusted);
    }

    private static int[] ascending(Vector pValues) {
        for (int i = 0; i < pValues.size(); i++) {
            double pValue = pValues.get(i);
            Require.that(pValue >= 0 && pValue <= 1, "p-value %s must be between 0 and 1, was %s", i, pValue);
        }
        return IntStream.range(0, pValues.size())
                .boxed()
                .sorted(Comparator.comparingDouble(pValues::get))
                .mapToInt(index -> index)
                .toArray();
    }
}
