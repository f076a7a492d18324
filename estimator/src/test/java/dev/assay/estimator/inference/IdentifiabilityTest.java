package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiabilityTest {
    @ParameterizedTest
    @ValueSource(strings = {"a_small", "d_near_collinear"})
    void theNumbersAreTheTrueOnesAndGoodDataNeedNoRemark(String name) {
        VectorSet set = VectorSet.read(name);
        Fit fit = Fits.cold(set.store());
        Identifiability found = Identifiability.of(fit, moments(set.store()));
        double unexplained =
                set.expected().get("diagnose").get("psi0_unexplained").asDouble();
        assertThat(found.offsetExplained()).isCloseTo(1 - unexplained, within(1e-12));
        assertThat(found.nonPositiveRationality()).isZero();
        assertThat(found.parametersPerJudgment())
                .isEqualTo((set.d() + set.k()) / (double) set.comparisons().size());
        assertThat(found.largestCorrelation()).hasValueCloseTo(largestCorrelation(set), within(1e-6));
        assertThat(found.largestErrorRatio()).hasValueCloseTo(largestErrorRatio(set), within(1e-6));
        assertThat(found.diagnostics()).isEmpty();
    }

    @Test
    void aOneHotAttributeWithItsReferenceLevelExplainsWhatTheOtherLevelsDo() {
        List<Comparison> oneHot = new ArrayList<>();
        GeneratedData data = new GeneratedData(1, GeneratedData.Kind.plain(300, 3, 0));
        for (int i = 0; i < 300; i++) {
            Comparison judged = data.next();
            Vector context = i % 2 == 0 ? Vector.of(1, 0) : Vector.of(0, 1);
            oneHot.add(new Comparison(1, context, judged.difference(), judged.preference(), 1));
        }
        Identifiability found = of(Fits.store(oneHot));
        assertThat(found.offsetExplained())
                .isCloseTo(0.5, within(1e-12)); // half of the judgments have the level that stays
        assertThat(found.largestCorrelation()).isPresent();
        assertThat(names(found)).doesNotContain("offset-explained", "rank-deficient-information");
    }

    @Test
    void aContextThatHardlyVariesIsRemarkedAndSoIsItsCorrelation() {
        List<Comparison> nearlyConstant = new ArrayList<>();
        GeneratedData data = new GeneratedData(2, GeneratedData.Kind.plain(4000, 1, 0));
        for (int i = 0; i < 4000; i++) {
            Comparison judged = data.next();
            Vector context = Vector.of(1 + 0.12 * Math.sin(i)); // plays no part in the judgments: γ = 0
            nearlyConstant.add(new Comparison(1, context, judged.difference(), judged.preference(), 1));
        }
        Identifiability found = of(Fits.store(nearlyConstant));
        assertThat(found.offsetExplained()).isBetween(0.99, 1.0);
        assertThat(names(found)).contains("offset-explained", "correlated");
    }

    @Test
    void judgmentsThatRepeatEachOtherShowInTheErrorRatio() {
        GeneratedData data = new GeneratedData(3, GeneratedData.Kind.plain(500, 3, 2));
        DoubleComparisonStore store = new DoubleComparisonStore(3, 2);
        for (int annotator = 0; annotator < 500; annotator++) {
            Comparison judged = data.next();
            for (int copy = 0; copy < 5; copy++) {
                store.add(judged, annotator);
            }
        }
        Identifiability found = of(store);
        assertThat(found.largestErrorRatio()).hasValueCloseTo(Math.sqrt(5), within(0.5));
        assertThat(names(found)).containsExactly("robust-errors-larger");
    }

    @Test
    void fewAndContraryJudgmentsAreRemarked() {
        GeneratedData data = new GeneratedData(6, new GeneratedData.Kind(70, 5, 3, 1, 0, 0.4));
        Identifiability found = of(data.store());
        assertThat(found.parametersPerJudgment()).isEqualTo(8 / 70.0);
        assertThat(found.nonPositiveRationality()).isBetween(0.1, 0.7);
        assertThat(names(found)).contains("few-judgments-per-parameter", "non-positive-rationality");
    }

    @Test
    void withoutContextThereIsOneBlockAndNoInteraction() {
        Identifiability found = of(new GeneratedData(4, GeneratedData.Kind.plain(500, 3, 0)).store());
        assertThat(found.offsetExplained()).isZero();
        assertThat(found.largestCorrelation()).isEmpty();
        assertThat(found.conditions()).isEmpty();
        assertThat(found.diagnostics()).isEmpty();
    }

    @Test
    void flatnessIsTheLeastNumberThatBothBlocksBear() {
        ComparisonStore store = new GeneratedData(9, GeneratedData.Kind.plain(3000, 3, 1)).store();
        Fit fit = Fits.cold(store);
        RegularityConditions conditions =
                RegularityConditions.of(fit, moments(store)).orElseThrow();
        assertThat(bothBear(fit, conditions, conditions.flatness() * (1 + 1e-9)))
                .isTrue();
        assertThat(bothBear(fit, conditions, conditions.flatness() * (1 - 1e-9)))
                .isFalse();
        // k = 1: the one context moment is an eigenvalue, and the spectral norm of a column its length.
        assertThat(conditions.leastContext())
                .isCloseTo(moments(store).moments().context().get(2) / 3000, within(1e-12));
        double square = 0;
        for (int i = 0; i < 3; i++) {
            square += Math.pow((fit.information().get(i, 3) - fit.cross().get(i, 0)) / 3000, 2);
        }
        assertThat(conditions.interaction()).isCloseTo(Math.sqrt(square), within(1e-12));
        assertThat(conditions.satisfied()).isFalse();
    }

    @Test
    void aBalancedExperimentMeetsThePapersConditions() {
        // z = 1, ψ = ±1, and shares of preferences as the model says at θ = ½, γ = 0: no interaction at all.
        double probability = ChoiceModel.probability(0.5);
        List<Comparison> balanced = new ArrayList<>();
        for (double context : new double[] {1, -1}) {
            balanced.add(new Comparison(1, Vector.of(context), Vector.of(1), 1, 50 * probability));
            balanced.add(new Comparison(1, Vector.of(context), Vector.of(1), 0, 50 * (1 - probability)));
        }
        Identifiability found = of(Fits.store(balanced));
        RegularityConditions conditions = found.conditions().orElseThrow();
        assertThat(conditions.leastDifference()).isCloseTo(1, within(1e-12));
        assertThat(conditions.leastContext()).isCloseTo(1, within(1e-12));
        assertThat(conditions.flatness()).isCloseTo(4 / ChoiceModel.variance(0.5), within(1e-5));
        assertThat(conditions.bound()).isCloseTo(ChoiceModel.variance(0.5) / 24, within(1e-6));
        assertThat(conditions.interaction()).isCloseTo(0, within(1e-6));
        assertThat(conditions.satisfied()).isTrue();
    }

    private static boolean bothBear(Fit fit, RegularityConditions conditions, double flatness) {
        return bears(fit.information().block(0, 3), conditions.leastDifference() / flatness)
                && bears(fit.information().block(3, 4), conditions.leastContext() / flatness);
    }

    /** Whether the block per judgment minus that much of the identity is positive definite. */
    private static boolean bears(PackedSymmetric block, double least) {
        double[] shift = new double[block.size()];
        java.util.Arrays.fill(shift, -least);
        return Cholesky.of(block.times(1 / 3000.0).plusDiagonal(Vector.of(shift)))
                .isPresent();
    }

    private static double largestCorrelation(VectorSet set) {
        var covariance = set.expected().get("fit").get("covariance");
        double largest = 0;
        for (int i = 0; i < set.d(); i++) {
            for (int j = set.d(); j < set.d() + set.k(); j++) {
                double scale = Math.sqrt(covariance.get(i).get(i).asDouble()
                        * covariance.get(j).get(j).asDouble());
                largest = Math.max(largest, Math.abs(covariance.get(i).get(j).asDouble()) / scale);
            }
        }
        return largest;
    }

    private static double largestErrorRatio(VectorSet set) {
        var fit = set.expected().get("fit");
        double largest = 0;
        for (int i = 0; i < set.d() + set.k(); i++) {
            double ratio = fit.get("sandwich_diag").get(i).asDouble()
                    / fit.get("cov_diag").get(i).asDouble();
            largest = Math.max(largest, Math.sqrt(ratio));
        }
        return largest;
    }

    private static Identifiability of(ComparisonStore store) {
        return Identifiability.of(Fits.cold(store), moments(store));
    }

    private static Answer moments(ComparisonStore store) {
        return new StoreShard(store).answer(Question.moments(store.rewardDimension(), store.rationalityDimension()));
    }

    private static List<String> names(Identifiability found) {
        return found.diagnostics().stream().map(Diagnostic::name).toList();
    }
}
