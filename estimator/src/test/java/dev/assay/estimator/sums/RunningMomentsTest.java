package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ChangingStore;
import dev.assay.estimator.columns.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningMomentsTest {
    @ParameterizedTest(name = "seed {0}, d {1}, k {2}")
    @MethodSource("dev.assay.estimator.Seeds#shapes")
    void arrivalsEditsAndRetractionsKeepTheMomentsOfTheFinalSet(long seed, int d, int k) {
        ChangingStore changing = new ChangingStore(seed, d, k);
        changing.store.remove(-1, -1); // float64 stays; what would come and go with 1e20 would not
        changing.change(500, entering -> {}, leaving -> {});
        RunningMoments running = RunningMoments.over(changing.store);
        changing.follow(running, 5, running::sum);

        Answer sum = running.sum();

        Answer pass = new StoreShard(changing.store)
                .answer(Questions.at(Parameters.zeros(d, k), Wanted.MOMENTS.with(Precision.ALL)));
        Questions.assertClose(sum.moments().difference(), pass.moments().difference());
        Questions.assertClose(sum.moments().context(), pass.moments().context());
        Questions.assertClose(sum.moments().cross(), pass.moments().cross());
        // All the rest is as it is in the answer to that question.
        assertThat(sum).usingRecursiveComparison().ignoringFields("moments").isEqualTo(pass);
    }
}
