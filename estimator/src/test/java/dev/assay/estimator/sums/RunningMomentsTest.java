package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ChangingStore;
import dev.assay.estimator.columns.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunningMomentsTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void arrivalsEditsAndRetractionsKeepTheMomentsOfTheFinalSet(long seed) {
        assertEqualToAPass(seed, 2, 1);
    }

    @ParameterizedTest(name = "seed {0}, d {1}, k {2}")
    @CsvSource({"1, 30, 10", "2, 32, 8", "3, 40, 0"})
    void theyDoSoInManyDimensions(long seed, int d, int k) {
        assertEqualToAPass(seed, d, k);
    }

    private static void assertEqualToAPass(long seed, int d, int k) {
        ChangingStore changing = new ChangingStore(seed, d, k);
        changing.store.remove(-1, -1); // float64 stays; what would come and go with 1e20 would not
        changing.change(500, entering -> {}, leaving -> {});
        RunningMoments running = RunningMoments.over(changing.store);
        for (int i = 0; i < 5; i++) {
            changing.change(300, running::add, running::subtract);
            running.sum();
        }
        changing.change(30, running::add, running::subtract);

        Answer sum = running.sum();

        Answer pass = new StoreShard(changing.store)
                .answer(Questions.at(Parameters.zeros(d, k), Wanted.MOMENTS.with(Precision.ALL)));
        assertClose(sum.moments().difference(), pass.moments().difference());
        assertClose(sum.moments().context(), pass.moments().context());
        assertClose(sum.moments().cross(), pass.moments().cross());
        // All the rest is as it is in the answer to that question.
        assertThat(sum).usingRecursiveComparison().ignoringFields("moments").isEqualTo(pass);
    }

    private static void assertClose(Vector sum, Vector pass) {
        assertThat(sum.toArray()).containsExactly(pass.toArray(), within(1e-9 * Math.max(1, pass.length())));
    }
}
