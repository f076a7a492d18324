package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BiasCorrectionTest {
    private static final double STEP = 2e-3;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theBiasIsTheOneOfCoxAndSnellFromNumericalDerivatives(long seed) {
        List<Comparison> comparisons = comparisons(seed, GeneratedData.Kind.plain(150, 2, 1));
        Fit fit = Fits.cold(comparisons);
        Vector bias = bias(fit, comparisons);
        Vector expected = coxSnell(comparisons, fit.parameters(), fit.information());
        // Third differences at STEP are right to about STEP² relative, and cancellation leaves 1e-16/STEP³.
        for (int i = 0; i < 3; i++) {
            assertThat(bias.get(i)).isCloseTo(expected.get(i), within(1e-4 * expected.length()));
        }
    }

    @Test
    void withoutContextItIsTheCorrectionOfLogisticRegression() {
        List<Comparison> comparisons = comparisons(5, GeneratedData.Kind.plain(120, 3, 0));
        Fit fit = Fits.cold(comparisons);
        // b = (XᵀWX)⁻¹XᵀWξ with ξ = hᵢ/wᵢ (πᵢ − ½), hᵢ the diagonal of the hat matrix (McCullagh & Nelder 1989, 15.2).
        Cholesky factor = Cholesky.of(fit.information()).orElseThrow();
        Vector sum = Vector.zeros(3);
        for (Comparison row : comparisons) {
            double probability = ChoiceModel.probability(
                    row.difference().dot(fit.parameters().reward()));
            double variance = probability * (1 - probability);
            double hat = variance * row.difference().dot(factor.solve(row.difference()));
            double response = hat / variance * (probability - 0.5);
            sum = sum.plus(row.difference().times(row.weight() * variance * response));
        }
        assertThat(bias(fit, comparisons).toArray())
                .containsExactly(factor.solve(sum).toArray(), within(1e-12));
    }

    @Test
    void storesMayEachGiveTheirSum() {
        List<Comparison> comparisons = comparisons(3, GeneratedData.Kind.plain(400, 5, 2));
        Fit fit = Fits.cold(comparisons);
        List<ComparisonStore> split =
                List.of(Fits.store(comparisons.subList(0, 130)), Fits.store(comparisons.subList(130, 400)));
        Parameters whole =
                BiasCorrection.corrected(fit, List.of(Fits.store(comparisons))).orElseThrow();
        Parameters added = BiasCorrection.corrected(fit, split).orElseThrow();
        assertThat(added.distance(whole)).isLessThan(1e-13);
    }

    @Test
    void aWeightCountsAsThatManyJudgments() {
        List<Comparison> comparisons = comparisons(4, GeneratedData.Kind.plain(200, 3, 2));
        List<Comparison> repeated = new ArrayList<>();
        comparisons.forEach(row -> {
            for (int i = 0; i < row.weight(); i++) {
                repeated.add(new Comparison(row.offset(), row.context(), row.difference(), row.preference(), 1));
            }
        });
        assertThat(repeated.size()).isGreaterThan(comparisons.size());
        Fit fit = Fits.cold(comparisons);
        assertThat(bias(fit, comparisons).toArray())
                .containsExactly(bias(fit, repeated).toArray(), within(1e-13));
    }

    @Test
    void onAverageTheCorrectedEstimateIsNoLongerInflated() {
        double plain = 0;
        double corrected = 0;
        int fits = 300;
        for (int seed = 1; seed <= fits; seed++) {
            GeneratedData data = new GeneratedData(seed, GeneratedData.Kind.plain(200, 5, 3));
            ComparisonStore store = data.store();
            Fit fit = Fits.cold(store);
            Vector truth = data.truth().reward();
            double scale = truth.dot(truth) * fits;
            plain += fit.parameters().reward().dot(truth) / scale;
            corrected += BiasCorrection.corrected(fit, List.of(store))
                            .orElseThrow()
                            .reward()
                            .dot(truth)
                    / scale;
        }
        // Inflated by about 1 + 2p/n = 1.08; the standard deviation of one ratio is about 0.15, of the mean 0.009.
        assertThat(plain).isBetween(1.05, 1.13);
        assertThat(corrected).isCloseTo(1, within(0.03));
    }

    @Test
    void aFitThatDidNotConvergeHasNoCorrection() {
        List<Comparison> separated = List.of(
                new Comparison(1, Vector.of(), Vector.of(1), 1, 1), new Comparison(1, Vector.of(), Vector.of(2), 1, 1));
        Fit fit = Fits.cold(separated);
        assertThat(fit.converged()).isFalse();
        assertThat(BiasCorrection.corrected(fit, List.of(Fits.store(separated))))
                .isEmpty();
    }

    /** With weights 1, 2, 3, 1, … */
    private static List<Comparison> comparisons(long seed, GeneratedData.Kind kind) {
        GeneratedData data = new GeneratedData(seed, kind);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < kind.n(); i++) {
            Comparison row = data.next();
            comparisons.add(new Comparison(row.offset(), row.context(), row.difference(), row.preference(), 1 + i % 3));
        }
        return comparisons;
    }

    private static Vector bias(Fit fit, List<Comparison> comparisons) {
        BiasCorrection correction = BiasCorrection.at(fit).orElseThrow();
        return correction.bias(correction.sum(Fits.store(comparisons)));
    }

    /** bᵣ = ½ J^rs J^tu (κ_stu + 2κ_st,u), with expectations over both outcomes of each judgment (Cox & Snell 1968). */
    private static Vector coxSnell(List<Comparison> comparisons, Parameters at, PackedSymmetric information) {
        int p = at.dimension();
        PackedSymmetric inverse = Cholesky.of(information).orElseThrow().inverse();
        double[] sum = new double[p];
        for (Comparison row : comparisons) {
            double probability = ChoiceModel.probability(row.margin(at));
            for (int outcome = 0; outcome <= 1; outcome++) {
                double chance = row.weight() * (outcome == 1 ? probability : 1 - probability);
                Comparison judged = new Comparison(row.offset(), row.context(), row.difference(), outcome, 1);
                for (int s = 0; s < p; s++) {
                    for (int t = 0; t < p; t++) {
                        for (int u = 0; u < p; u++) {
                            double third = derivative(judged, at.joint(), 2, s, t, u);
                            double product =
                                    derivative(judged, at.joint(), 2, s, t) * derivative(judged, at.joint(), 2, u);
                            sum[s] += 0.5 * chance * inverse.get(t, u) * (third + 2 * product);
                        }
                    }
                }
            }
        }
        return inverse.times(Vector.of(sum));
    }

    private static double derivative(Comparison row, Vector at, int d, int... along) {
        if (along.length == 0) {
            return row.logLikelihood(Parameters.of(at, d));
        }
        double[] unit = new double[at.size()];
        unit[along[0]] = STEP;
        int[] rest = java.util.Arrays.copyOfRange(along, 1, along.length);
        return (derivative(row, at.plus(Vector.of(unit)), d, rest)
                        - derivative(row, at.minus(Vector.of(unit)), d, rest))
                / (2 * STEP);
    }
}
