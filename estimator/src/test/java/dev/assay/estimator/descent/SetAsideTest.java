package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A column that the judgments do not tell apart from the others keeps nobody from an estimate: the fit is the one without
 * that column, computed here by leaving it out.
 */
class SetAsideTest {
    private static final GeneratedData.Kind KIND = GeneratedData.Kind.plain(800, 3, 2);

    /** What is added to three features and two contexts, and where the columns to be set aside stand among seven. */
    private record Addition(
            String name, UnaryOperator<Vector> features, UnaryOperator<Vector> contexts, List<Integer> aside) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Addition> ADDITIONS = List.of(
            new Addition("a feature that cancels", z -> z.concat(Vector.of(0)), psi -> psi, List.of(3)),
            new Addition("a copy", z -> z.concat(Vector.of(-3 * z.get(0))), psi -> psi, List.of(3)),
            new Addition(
                    "a sum, and one that cancels",
                    z -> z.concat(Vector.of(0, z.get(0) + 2 * z.get(1))),
                    psi -> psi,
                    List.of(3, 4)),
            new Addition("an attribute that nobody carries", z -> z, psi -> psi.concat(Vector.of(0)), List.of(5)),
            new Addition("an attribute that all have alike", z -> z, psi -> psi.concat(Vector.of(4)), List.of(5)),
            new Addition(
                    "a one-hot attribute with its reference level",
                    z -> z,
                    psi -> psi.concat(Vector.of(1 - psi.get(0))),
                    List.of(5)),
            new Addition(
                    "one of each",
                    z -> z.concat(Vector.of(z.get(2))),
                    psi -> psi.concat(Vector.of(psi.get(0) - psi.get(1))),
                    List.of(3, 6)));

    static Stream<Arguments> additionsByMethod() {
        return ADDITIONS.stream()
                .flatMap(addition -> Stream.of(Method.values()).map(method -> Arguments.of(addition, method)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("additionsByMethod")
    void theOthersAreEstimatedAsWithoutIt(Addition addition, Method method) {
        Fit expected = fit(method, comparisons());
        Fit found = fit(method, added(addition));

        assertThat(found.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(found.aliasing().indices()).isEqualTo(addition.aside());
        assertThat(found.logLikelihood()).isCloseTo(expected.logLikelihood(), within(1e-8));
        assertThat(found.estimable().parameters().distance(expected.parameters()))
                .isLessThan(1e-8);
        for (int column : addition.aside()) {
            assertThat(found.parameters().joint().get(column)).isZero();
        }
        assertThat(found.diagnostics())
                .filteredOn(one -> one.name().equals("not-estimable"))
                .hasSameSizeAs(addition.aside());
        Vector errors = Covariance.sandwich(found).orElseThrow().standardErrors();
        Vector without = Covariance.sandwich(expected).orElseThrow().standardErrors();
        assertThat(found.aliasing().reduced(errors).minus(without).length()).isLessThan(1e-8);
        assertThat(Covariance.choose(found).orElseThrow().reason())
                .isEqualTo(Covariance.choose(expected).orElseThrow().reason());
    }

    @Test
    void aSumOfParametersIsEstimableWhereTheDirectionSetAsideDoesNotChangeIt() {
        Fit found = fit(Method.ALTERNATING, added(ADDITIONS.get(1)));
        List<Vector> directions = found.aliasing().directions(found.information());
        assertThat(directions).hasSize(1);
        Vector twin = Vector.of(1, 0, 0, -3, 0, 0); // a response as all were: its fourth feature −3 times the first
        Vector odd = Vector.of(1, 0, 0, 1, 0, 0);
        assertThat(directions.get(0).dot(twin)).isCloseTo(0, within(1e-9));
        assertThat(Math.abs(directions.get(0).dot(odd))).isGreaterThan(1);
    }

    @Test
    void whatStandsAsideIsReportedWithoutIt() {
        List<Comparison> more = added(ADDITIONS.get(4));
        Identifiability found = Identifiability.of(fit(Method.ALTERNATING, more), moments(more));
        Identifiability expected = Identifiability.of(fit(Method.ALTERNATING, comparisons()), moments(comparisons()));
        assertThat(found.condition()).isCloseTo(expected.condition(), within(1e-6 * expected.condition()));
        assertThat(found.offsetExplained()).isCloseTo(expected.offsetExplained(), within(1e-9));
        assertThat(found.diagnostics()).isEqualTo(expected.diagnostics());
    }

    @Test
    void oneStepLeavesItAsideUntilTheJudgmentsSpeakOfIt() {
        List<Comparison> silent = added(ADDITIONS.get(3));
        Fit fit = fit(Method.ALTERNATING, silent);
        List<Comparison> more = new ArrayList<>(silent);
        GeneratedData data = new GeneratedData(2, KIND);
        for (int i = 0; i < 40; i++) {
            Comparison next = data.next();
            more.add(next(next, next.difference(), next.context().concat(Vector.of(0))));
        }
        OneStep still = step(fit, more);
        assertThat(still.aliasing().indices()).containsExactly(5);
        assertThat(still.parameters().rationality().get(2)).isZero();
        assertThat(still.parameters().distance(fit(Method.ALTERNATING, more).parameters()))
                .isLessThan(1e-2);

        for (int i = 0; i < 100; i++) {
            Comparison next = data.next();
            more.add(next(next, next.difference(), next.context().concat(Vector.of(1))));
        }
        OneStep spoken = step(fit, more);
        assertThat(spoken.aliasing().isNone()).isTrue();
        assertThat(spoken.parameters().rationality().get(2)).isNotZero();
        Fit back = fit(Method.ALTERNATING, more);
        assertThat(back.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(back.aliasing().isNone()).isTrue();
    }

    @Test
    void aWarmStartForgetsWhatIsNoLongerDetermined() {
        List<Comparison> silent = added(ADDITIONS.get(3));
        Parameters start = Parameters.of(Vector.of(.1, .2, .3, .4, .5, 7), 3);
        Fit found = new AlternatingDescent(FitConfig.DEFAULTS)
                .fit(Start.warm(start), List.of(new StoreShard(Fits.store(silent))));
        assertThat(found.parameters().distance(fit(Method.NEWTON, silent).parameters()))
                .isLessThan(1e-8);
    }

    @Test
    void withoutAnyFeatureThatVariesThereIsNoEstimate() {
        Fit found = fit(
                Method.ALTERNATING,
                comparisons().stream()
                        .map(c -> next(c, c.difference().times(0), c.context()))
                        .toList());
        assertThat(found.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(found.diagnostics().get(0).message()).contains("z[0], z[1], z[2]");
    }

    private static OneStep step(Fit at, List<Comparison> comparisons) {
        Question question = new Question(at.parameters(), Wanted.STATISTICS);
        return OneStep.of(at.parameters(), new StoreShard(Fits.store(comparisons)).answer(question))
                .orElseThrow();
    }

    private static Answer moments(List<Comparison> comparisons) {
        DoubleComparisonStore store = Fits.store(comparisons);
        return new StoreShard(store)
                .answer(new Question(
                        Parameters.zeros(store.rewardDimension(), store.rationalityDimension()), Wanted.MOMENTS));
    }

    private static Fit fit(Method method, List<Comparison> comparisons) {
        DoubleComparisonStore store = Fits.store(comparisons);
        return method.descent(new FitConfig(method.maxRounds(), 1e-10))
                .fit(Start.cold(store.rewardDimension(), store.rationalityDimension()), List.of(new StoreShard(store)));
    }

    private static List<Comparison> added(Addition addition) {
        return comparisons().stream()
                .map(c -> next(
                        c,
                        addition.features().apply(c.difference()),
                        addition.contexts().apply(c.context())))
                .toList();
    }

    private static Comparison next(Comparison c, Vector difference, Vector context) {
        return new Comparison(c.offset(), context, difference, c.preference(), c.weight());
    }

    private static List<Comparison> comparisons() {
        GeneratedData data = new GeneratedData(1, KIND);
        return IntStream.range(0, KIND.n()).mapToObj(i -> data.next()).toList();
    }
}
