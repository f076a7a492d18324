package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MovingDataTest {
    private static final Descent DESCENT = new AlternatingDescent(FitConfig.DEFAULTS);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void aFitEndsThoughJudgmentsKeepArriving(long seed) {
        List<Comparison> comparisons = Population.seeded(seed).comparisons(9000);
        DoubleComparisonStore store = Fits.store(comparisons.subList(0, 4000));
        Shard shard = new StoreShard(store);
        Shard growing = order -> {
            for (int i = 0; i < 20; i++) {
                store.add(comparisons.get((int) store.size()));
            }
            return shard.answer(order);
        };
        Fit fit = DESCENT.fit(Start.cold(16, 4), List.of(growing));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.rounds()).isLessThanOrEqualTo(12);
        assertThat(fit.diagnostics()).extracting(Diagnostic::name).contains("data-moved");
        assertThat(fit.count()).isEqualTo(store.size());
        // The drift estimate promises 1e-3 standard errors after one step, per parameter; those are 0.03 to 0.1 here.
        OneStep step = OneStep.of(fit.parameters(), fit.answer()).orElseThrow();
        assertThat(step.decrement()).isCloseTo(fit.decrement(), within(0.1 * fit.decrement()));
        assertThat(step.parameters().distance(Fits.cold(store).parameters())).isLessThan(1e-3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void aFitEndsThoughJudgmentsKeepBeingEdited(long seed) {
        List<Comparison> comparisons = Population.seeded(seed).comparisons(3000);
        FloatComparisonStore store = new FloatComparisonStore(16, 4);
        comparisons.forEach(c -> put(store, store.size(), c, c.preference()));
        Shard shard = new StoreShard(store);
        AtomicInteger round = new AtomicInteger();
        Shard edited = question -> {
            int first = 3 * round.getAndIncrement();
            for (int i = 0; i < 3; i++) {
                int at = first + i;
                put(store, at, comparisons.get(at), 1 - comparisons.get(at).preference());
            }
            return shard.answer(question);
        };
        Fit fit = DESCENT.fit(Start.cold(16, 4), List.of(edited));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.rounds()).isLessThanOrEqualTo(17);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void aWarmStartEndsAtTheSamePlaceInFewerRounds(long seed) {
        List<Comparison> comparisons = Population.seeded(seed).comparisons(4200);
        Fit before = Fits.cold(comparisons.subList(0, 4000));
        Fit cold = Fits.cold(comparisons);
        Fit warm = DESCENT.fit(Start.warm(before.parameters()), List.of(new StoreShard(Fits.store(comparisons))));
        assertThat(warm.parameters().distance(cold.parameters())).isLessThan(1e-7);
        assertThat(warm.rounds()).isLessThanOrEqualTo(5).isLessThan(cold.rounds());
    }

    private static void put(FloatComparisonStore store, long key, Comparison c, double preference) {
        store.upsert(
                0,
                key,
                -1,
                1,
                1,
                (float) preference,
                floats(c.context().toArray()),
                floats(c.difference().toArray()));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
