package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.simulation.SimulatedJudgment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShardSplitTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theFitDoesNotDependOnHowAnnotatorsAreSplit(long seed) {
        Population population = Population.seeded(seed);
        List<SimulatedJudgment> judgments = population.judgments(0).limit(1200).toList();
        Fit whole = Fits.cold(split(population, judgments, 1));
        Fit parts = Fits.cold(split(population, judgments, 2 + (int) (seed % 6)));
        assertThat(parts.status()).isEqualTo(whole.status()).isEqualTo(FitStatus.CONVERGED);
        // Not equal: adding in another order moves the last bits. 1e-9 is far below any standard error we report.
        assertThat(parts.parameters().distance(whole.parameters())).isLessThan(1e-9);
        assertThat(parts.clusters()).isEqualTo(whole.clusters());
        assertThat(parts.meat().orElseThrow().packed())
                .containsExactly(whole.meat().orElseThrow().packed(), within(1e-6));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theSameShardsGiveTheSameBits(long seed) {
        Population population = Population.seeded(seed);
        List<SimulatedJudgment> judgments = population.judgments(0).limit(600).toList();
        assertThat(Fits.cold(split(population, judgments, 3))).isEqualTo(Fits.cold(split(population, judgments, 3)));
    }

    private static ComparisonStore[] split(Population population, List<SimulatedJudgment> judgments, int parts) {
        List<DoubleComparisonStore> stores = Stream.generate(() -> new DoubleComparisonStore(16, 4))
                .limit(parts)
                .toList();
        IntStream.range(0, judgments.size()).forEach(i -> {
            SimulatedJudgment judgment = judgments.get(i);
            stores.get(judgment.annotator() % parts).add(population.comparison(judgment), judgment.annotator());
        });
        return stores.toArray(new ComparisonStore[0]);
    }
}
