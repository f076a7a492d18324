package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that do not determine the parameters, and data that run them to infinity: each ends with a status and a reason. */
class HardDataTest {
    private static final GeneratedData.Kind KIND = GeneratedData.Kind.plain(400, 3, 2);

    @Test
    void withoutJudgmentsTheFitSaysSo() {
        Fit fit = Fits.cold(new DoubleComparisonStore(3, 2));
        assertDeficient(fit, "no-judgments", "0 judgments");
    }

    @Test
    void judgmentsOfNoWeightAreNoJudgments() {
        Fit fit = fit(1, c -> new Comparison(1, c.context(), c.difference(), c.preference(), 0));
        assertDeficient(fit, "no-judgments", "none has a weight");
    }

    @Test
    void fewerJudgmentsThanParametersAreTooFew() {
        Fit fit = Fits.cold(comparisons(1).subList(0, 4));
        assertDeficient(fit, "too-few-judgments", "4 judgments cannot determine 5 parameters");
    }

    @Test
    void anOffsetOfZeroIsNamed() {
        Fit fit = fit(1, c -> new Comparison(0, c.context(), c.difference(), c.preference(), 1));
        assertDeficient(fit, "rank-deficient-context", "the offset ψ₀ is 0");
    }

    @Test
    void tiesAloneDetermineNoRationality() {
        Fit fit = fit(1, c -> new Comparison(1, c.context(), c.difference(), 0.5, 1));
        assertDeficient(fit, "rank-deficient-information", "rationality[0], rationality[1]");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void someTiesAndWeightlessRowsChangeNothingButTheEstimate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Fit fit = fit(seed, c -> {
            double preference = random.nextInt(5) == 0 ? 0.5 : c.preference();
            return new Comparison(1, c.context(), c.difference(), preference, random.nextInt(3));
        });
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void aWeightIsSoManyJudgments(long seed) {
        List<Comparison> comparisons = comparisons(seed);
        Fit repeated = Fits.cold(Stream.of(comparisons, comparisons, comparisons)
                .flatMap(List::stream)
                .toList());
        Fit weighted = fit(seed, c -> new Comparison(1, c.context(), c.difference(), c.preference(), 3));
        assertThat(weighted.parameters().distance(repeated.parameters())).isLessThan(1e-9);
        assertThat(weighted.clusters()).isEqualTo(repeated.clusters());
        assertThat(weighted.meat().orElseThrow().get(2, 1)
                        / repeated.meat().orElseThrow().get(2, 1))
                .isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void quasiCompleteSeparationIsNoticed(long seed) {
        // One feature occurs in a tenth of the judgments only and decides all of those: its reward runs to infinity.
        SplittableRandom random = new SplittableRandom(seed);
        Fit fit = fit(seed, c -> {
            double rare = random.nextInt(10) > 0 ? 0 : random.nextBoolean() ? 1 : -1;
            double preference = rare == 0 ? c.preference() : rare > 0 ? 1 : 0;
            double[] z = c.difference().toArray();
            return new Comparison(
                    1,
                    Vector.of(c.context().get(0)),
                    Vector.of(rare == 0 ? z[0] : 0, rare == 0 ? z[1] : 0, rare),
                    preference,
                    1);
        });
        assertThat(fit.status()).isEqualTo(FitStatus.SEPARATED);
        assertThat(fit.rounds()).isLessThanOrEqualTo(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void anAnnotatorKindThatIsNeverWrongIsNoticed(long seed) {
        GeneratedData data = new GeneratedData(seed, KIND);
        List<Comparison> comparisons = Stream.generate(data::next)
                .limit(400)
                .map(c -> {
                    double sure = c.context().get(1);
                    double truth = c.difference().dot(data.truth().reward()) > 0 ? 1 : 0;
                    return new Comparison(1, c.context(), c.difference(), sure > 0 ? truth : c.preference(), 1);
                })
                .toList();
        Fit fit = Fits.cold(comparisons);
        assertThat(fit.status()).isEqualTo(FitStatus.SEPARATED);
        assertThat(fit.rounds()).isLessThanOrEqualTo(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#oneHundred")
    void everyFiniteDataSetEndsWithAStatus(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int d = 1 + random.nextInt(4);
        int k = random.nextInt(4);
        double scale = Math.pow(10, random.nextInt(-37, 38));
        double contextScale = Math.pow(10, random.nextInt(-20, 20));
        int n = 1 + random.nextInt(80);
        List<Comparison> comparisons = IntStream.range(0, n)
                .mapToObj(i -> new Comparison(
                        random.nextInt(4) == 0 ? contextScale * random.nextInt(-2, 3) : 1,
                        entries(random, k, contextScale),
                        entries(random, d, scale),
                        random.nextInt(3) / 2.0,
                        random.nextInt(4) == 0 ? 1e-9 : random.nextInt(4)))
                .toList();
        Fit fit = Fits.cold(comparisons);
        assertThat(fit.status()).isNotNull();
        assertThat(fit.decrement()).isNotNaN();
        assertThat(fit.rounds()).isLessThanOrEqualTo(60);
        assertThat(fit.status() == FitStatus.CONVERGED || !fit.diagnostics().isEmpty())
                .isTrue();
    }

    private static Vector entries(SplittableRandom random, int size, double scale) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextBoolean() ? scale * random.nextInt(-1, 2) : scale * (random.nextDouble() - 0.5);
        }
        return Vector.of(values);
    }

    private static void assertDeficient(Fit fit, String name, String message) {
        assertThat(fit.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(fit.diagnostics()).anySatisfy(diagnostic -> {
            assertThat(diagnostic.name()).isEqualTo(name);
            assertThat(diagnostic.message()).contains(message);
            assertThat(diagnostic.value()).isFinite();
        });
    }

    private static List<Comparison> comparisons(long seed) {
        GeneratedData data = new GeneratedData(seed, KIND);
        return Stream.generate(data::next).limit(KIND.n()).toList();
    }

    private static Fit fit(long seed, UnaryOperator<Comparison> change) {
        return Fits.cold(comparisons(seed).stream().map(change).toList());
    }

    /** A context feature that only one judgment has: its γ has no maximum, from wherever a fit starts. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void aParameterThatOneJudgmentAloneDrivesToInfinityIsNoticedFromEveryStart(Method method) {
        VectorSet set = VectorSet.read("a_small");
        DoubleComparisonStore store = new DoubleComparisonStore(set.d(), set.k() + 1);
        for (int i = 0; i < set.comparisons().size(); i++) {
            Comparison c = set.comparisons().get(i);
            store.add(new Comparison(
                    1, c.context().concat(Vector.of(i == 20 ? 1 : 0)), c.difference(), c.preference(), 1));
        }
        Descent descent = method.descent(FitConfig.DEFAULTS.withMaxRounds(method.maxRounds()));
        SplittableRandom random = new SplittableRandom(3);
        for (int start = 0; start < 100; start++) {
            double[] point = new double[set.d() + set.k() + 1];
            for (int i = 0; i < point.length && start > 0; i++) {
                point[i] = 2 * random.nextDouble() - 1;
            }
            Fit fit = descent.fit(Start.warm(Parameters.of(point, set.d())), List.of(new StoreShard(store)));
            assertThat(fit.status()).as("start %s", start).isEqualTo(FitStatus.SEPARATED);
            assertThat(fit.diagnostics().get(0).message()).contains("rationality[3]");
        }
    }
}
