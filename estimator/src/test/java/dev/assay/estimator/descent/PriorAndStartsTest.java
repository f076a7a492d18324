package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriorAndStartsTest {
    private static final Kind KIND = Kind.plain(2000, 5, 2);

    /** MODEL §6 (d): a stream that starts with one kind of annotator. */
    @Test
    void aWeakPriorCarriesAStreamThatStartsWithOneKindOfAnnotator() {
        DoubleComparisonStore store = oneKind(new GeneratedData(4, KIND));
        Start first = Start.cold(5, 2);
        List<Shard> shards = List.of(new StoreShard(store));
        Fit without = new AlternatingDescent(FitConfig.DEFAULTS).fit(first, shards);
        Fit carried = new AlternatingDescent(FitConfig.DEFAULTS.withWeakPrior(1e-4)).fit(first, shards);
        assertThat(without.aliasing().isNone()).isFalse();
        assertThat(carried.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(carried.diagnostics()).extracting(Diagnostic::name).contains("weak-prior");
    }

    @Test
    void theWeakPriorLeavesWellConditionedJudgmentsAlone() {
        ComparisonStore store = new GeneratedData(4, KIND).store();
        Start first = Start.cold(5, 2);
        Fit without = new AlternatingDescent(FitConfig.DEFAULTS).fit(first, List.of(new StoreShard(store)));
        Fit with = new AlternatingDescent(FitConfig.DEFAULTS.withWeakPrior(1e-4))
                .fit(first, List.of(new StoreShard(store)));
        assertThat(with).isEqualTo(without);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void aResumedFitEndsAtTheSameMaximumWithFewPassesOverTheInformation(long seed) {
        GeneratedData data = new GeneratedData(seed, Kind.plain(21_000, 16, 4));
        List<Comparison> comparisons =
                java.util.stream.Stream.generate(data::next).limit(21_000).toList();
        Fit before = Fits.cold(comparisons.subList(0, 20_000));
        int[] informations = new int[1];
        Shard shard = new StoreShard(Fits.store(comparisons));
        Shard counting = order -> {
            informations[0] += order.wanted().statistics() ? 1 : 0;
            return shard.answer(order);
        };
        Fit resumed = new LbfgsDescent(FitConfig.DEFAULTS).fit(Start.resumed(before), List.of(counting));
        Fit cold = Fits.cold(comparisons);
        assertThat(resumed.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(resumed.parameters().distance(cold.parameters())).isLessThan(1e-8);
        assertThat(informations[0]).isEqualTo(1);
        assertThat(resumed.rounds()).isLessThanOrEqualTo(9);
    }

    @Test
    void aResumedFitKeepsTheRidge() {
        FitConfig config = FitConfig.DEFAULTS.withRidge(0.05);
        Descent descent = new AlternatingDescent(config);
        List<Shard> shards = List.of(new StoreShard(new GeneratedData(4, KIND).store()));
        Fit cold = descent.fit(Start.cold(5, 2), shards);
        Fit resumed = new LbfgsDescent(config).fit(Start.resumed(cold), shards);
        assertThat(resumed.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(resumed.parameters().distance(cold.parameters())).isLessThan(1e-7);
    }

    @Test
    void aSecondStartThatEndsAtTheSameMaximumSaysSo() {
        DoubleComparisonStore store = new GeneratedData(8, KIND).store();
        List<Shard> shards = List.of(new StoreShard(store));
        Descent descent = new AlternatingDescent(FitConfig.DEFAULTS);
        Fit first = Fits.cold(store);
        Fit checked = SecondStart.checked(first, descent, first.parameters(), shards);
        assertThat(checked.diagnostics()).extracting(Diagnostic::name).contains("second-start-agrees");
        assertThat(checked.parameters().distance(first.parameters())).isLessThan(1e-7);
    }

    @Test
    void twoMaximaAreReportedAndTheHigherIsTaken() {
        Fit low = Fits.cold(new GeneratedData(8, KIND).store());
        Fit high = new Fit(
                FitStatus.CONVERGED,
                SecondStart.opposite(low),
                low.answer().with(low.statistics().withLogLikelihood(low.logLikelihood() + 1)),
                0,
                3,
                List.of());
        Fit checked = SecondStart.checked(
                low,
                new Descent() {
                    @Override
                    public Step.Ask begin(Start start) {
                        return Opening.begin(start);
                    }

                    @Override
                    public Step advance(Step.Ask asked, Answer answer) {
                        return new Step.Done(high);
                    }
                },
                high.parameters(),
                List.of(new StoreShard(new DoubleComparisonStore(5, 2))));
        assertThat(checked.parameters()).isEqualTo(high.parameters());
        assertThat(checked.diagnostics())
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo("second-start-disagrees"))
                .satisfies(found -> assertThat(found.value()).isGreaterThan(1));
    }

    private static DoubleComparisonStore oneKind(GeneratedData data) {
        DoubleComparisonStore store = new DoubleComparisonStore(5, 2);
        for (int i = 0; i < 500; i++) {
            Comparison c = data.next();
            store.add(new Comparison(1, Vector.of(c.context().get(0), 0), c.difference(), c.preference(), 1));
        }
        return store;
    }
}
