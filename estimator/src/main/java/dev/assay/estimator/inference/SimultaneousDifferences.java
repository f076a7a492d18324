package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * Several reward differences at once: MODEL (17). With the level's probability all intervals hold together; the chance that
 * any difference of truly 0 has an adjusted p-value below α is at most α. Differences may depend on each other linearly.
 *
 * @param tests            each with its simultaneous interval and its unadjusted p-value
 * @param holm             Holm's adjusted p-values, one a difference
 * @param maximum          adjusted p-values P(max |Z| ≥ |Zᵢ|), one a difference; use these or Holm's, not the smaller
 * @param criticalValue    the quantile of max |Z|, or max |t|: standard errors to each side of each interval
 * @param probabilityError standard error, from the draws, of the probability that belongs to the critical value: 0.0003
 *                         means that a level of 0.95 may be one of 0.9497
 */
public record SimultaneousDifferences(
        List<TestedDifference> tests, Vector holm, Vector maximum, double criticalValue, double probabilityError) {
    private static final int MOST = 2048;

    public SimultaneousDifferences {
        tests = List.copyOf(tests);
    }

    /**
     * @param differences δ = φ₁ − φ₂ each, size d; at least 1 and at most 2048
     * @param level       1 − α for all together, above 0 and below 1; that of the inference plays no part
     */
    public static SimultaneousDifferences of(
            List<Vector> differences, Inference inference, double level, MonteCarlo monteCarlo) {
        Require.that(
                !differences.isEmpty() && differences.size() <= MOST,
                "differences must be 1 to %s, were %s",
                MOST,
                differences.size());
        Require.that(level > 0 && level < 1, "level must be above 0 and below 1, was %s", level);
        double degreesOfFreedom = inference.covariance().degreesOfFreedom();
        List<Interval> alone = differences.stream().map(inference::reward).toList();
        MaximumDistribution distribution = MaximumDistribution.of(
                correlation(differences, alone, inference.rewardCovariance()), degreesOfFreedom, monteCarlo);
        double critical = distribution.quantile(level);
        List<TestedDifference> tests = new ArrayList<>();
        double[] pValues = new double[differences.size()];
        double[] maximum = new double[differences.size()];
        for (int i = 0; i < pValues.length; i++) {
            Interval interval =
                    Interval.around(alone.get(i).estimate(), alone.get(i).standardError(), critical);
            TestedDifference test = TestedDifference.of(interval, degreesOfFreedom);
            tests.add(test);
            pValues[i] = test.pValue();
            maximum[i] = Double.isInfinite(test.statistic()) ? 0 : distribution.tail(Math.abs(test.statistic()));
        }
        return new SimultaneousDifferences(
                tests,
                MultipleTests.holm(Vector.of(pValues)),
                Vector.of(maximum),
                critical,
                distribution.tailError(critical));
    }

    // A difference that is known exactly (δ = 0 for one) has no Z and takes no part; without any other, one Z stands
    // for all.
    private static PackedSymmetric correlation(
            List<Vector> differences, List<Interval> alone, PackedSymmetric rewardCovariance) {
        List<Vector> scaled = new ArrayList<>();
        for (int i = 0; i < differences.size(); i++) {
            if (alone.get(i).standardError() > 0) {
                scaled.add(differences.get(i).times(1 / alone.get(i).standardError()));
            }
        }
        if (scaled.isEmpty()) {
            return PackedSymmetric.of(1, new double[] {1});
        }
        double[][] rows = new double[scaled.size()][scaled.size()];
        for (int i = 0; i < rows.length; i++) {
            Vector product = rewardCovariance.times(scaled.get(i));
            for (int j = 0; j < i; j++) {
                rows[i][j] = Math.max(-1, Math.min(1, product.dot(scaled.get(j))));
            }
            rows[i][i] = 1;
        }
        return PackedSymmetric.ofRows(rows);
    }
}
