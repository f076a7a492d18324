package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ChangingStore;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningSumTest {
    @ParameterizedTest(name = "seed {0}, d {1}, k {2}")
    @MethodSource("dev.assay.estimator.Seeds#shapes")
    void arrivalsEditsAndRetractionsKeepTheSumsOfTheFinalSet(long seed, int d, int k) {
        Parameters at = point(d, k);
        ChangingStore changing = new ChangingStore(seed, d, k);
        changing.change(500, entering -> {}, leaving -> {});
        RunningSum running = RunningSum.over(at, changing.store, 1);
        changing.follow(running, 7, running::sum);

        Answer sum = running.sum();

        Answer pass = new StoreShard(changing.store)
                .answer(Questions.at(at, Wanted.STATISTICS_AND_CLUSTERS.with(Precision.ALL)));
        assertThat(sum.count()).isEqualTo(pass.count());
        assertThat(sum.weight()).isEqualTo(pass.weight());
        assertThat(sum.statistics().clusters()).isEqualTo(pass.statistics().clusters());
        assertThat(sum.statistics().nonPositiveRationality())
                .isEqualTo(pass.statistics().nonPositiveRationality());
        assertThat(sum.statistics().minimumSignedMargin())
                .isLessThanOrEqualTo(pass.statistics().minimumSignedMargin());
        // 2000 additions and subtractions leave some 1e-13 of what is summed.
        assertThat(sum.statistics().logLikelihood())
                .isCloseTo(
                        pass.statistics().logLikelihood(),
                        within(1e-9 * -pass.statistics().logLikelihood()));
        Questions.assertClose(sum.statistics().score(), pass.statistics().score());
        Questions.assertClose(sum.statistics().information(), pass.statistics().information());
        Questions.assertClose(sum.statistics().cross(), pass.statistics().cross());
        Questions.assertClose(sum.statistics().meat(), pass.statistics().meat());
    }

    @Test
    void itBeginsWithAllThatIsInTheStoreWhateverTheThreads() {
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3 * ComparisonStore.CHUNK_SLOTS; i++) {
            float[] z = {(float) random.nextDouble(), (float) random.nextDouble(-1, 1)};
            store.upsert(i, i, i % 9 - 1, 1, 1, i % 2, new float[] {i % 7}, z);
        }
        Parameters at = point(2, 1);

        RunningSum rowByRow = RunningSum.over(at, new FloatComparisonStore(2, 1), 1);
        addAll(store, rowByRow);

        Answer sum = RunningSum.over(at, store, 3).sum();

        assertThat(sum).isEqualTo(RunningSum.over(at, store, 1).sum());
        assertThat(sum).isEqualTo(new StoreShard(store).answer(Questions.at(at, Wanted.STATISTICS_AND_CLUSTERS)));
        // Annotators have rows in every chunk, and are one cluster each. The pass has float32 sums in it.
        assertThat(sum.statistics().clusters())
                .isEqualTo(rowByRow.sum().statistics().clusters());
        assertThat(sum.statistics()
                        .meat()
                        .minus(rowByRow.sum().statistics().meat())
                        .length())
                .isLessThan(1e-6 * sum.statistics().meat().length());
    }

    private static void addAll(ComparisonStore store, RunningSum running) {
        ComparisonBlock block = new ComparisonBlock(1, 2, 1);
        for (long next = store.read(0, block); block.rows() > 0; next = store.read(next, block)) {
            running.add(block);
        }
    }

    @Test
    void itIsEmptyOnceAllHaveLeft() {
        ChangingStore changing = new ChangingStore(8, 2, 1);
        RunningSum running = RunningSum.over(point(2, 1), new FloatComparisonStore(2, 1), 1);
        changing.change(2000, running::add, running::subtract);
        running.sum();

        changing.store.forEach(running::subtract);

        Answer sum = running.sum();
        assertThat(sum.count()).isEqualTo(-1); // the large row of no weight was never added
        assertThat(sum.statistics().clusters()).isZero();
        assertThat(sum.weight()).isZero();
        // Sums of some hundred numbers below 1 came and went.
        assertThat(sum.statistics().meat().length()).isLessThan(1e-11);
        assertThat(sum.statistics().information().length()).isLessThan(1e-11);
    }

    private static Parameters point(int d, int k) {
        double[] point = new double[d + k];
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.sin(i + 1.0) / Math.sqrt(d);
        }
        return Parameters.of(point, d);
    }
}
