package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.StoreShard;
import dev.assay.estimator.descent.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondStartTest {
    private static final FitStart START = new FitStart(FitStart.Kind.UNIFORM, 3);
    private static final Fit LOW = fit(FitStatus.CONVERGED, -1);
    private static final Fit HIGH = fit(FitStatus.CONVERGED, 1);
    private static final Fit STUCK = fit(FitStatus.NOT_CONVERGED, 0.5);

    @Test
    void ofTwoMaximaTheHigherIsReportedAndBothAreNamed() {
        SecondStart both = new SecondStart(LOW, HIGH, START);

        assertThat(both.better()).isSameAs(HIGH);
        assertThat(both.remarks()).singleElement().satisfies(found -> {
            assertThat(found.name()).isEqualTo("second-start");
            assertThat(found.value()).isGreaterThan(0.1);
            assertThat(found.message()).startsWith("two stationary points").contains("from uniform:3");
        });
        assertThat(new SecondStart(HIGH, LOW, START).better()).isSameAs(HIGH);
    }

    @Test
    void theSamePlaceTwiceIsNoRemark() {
        SecondStart both = new SecondStart(HIGH, fit(FitStatus.CONVERGED, 1 + 1e-9), START);

        assertThat(both.better()).isSameAs(HIGH);
        assertThat(both.remarks()).isEmpty();
    }

    @Test
    void aFitThatDidNotConvergeIsNeverPreferred() {
        assertThat(new SecondStart(LOW, STUCK, START).better()).isSameAs(LOW);
        assertThat(new SecondStart(STUCK, LOW, START).better()).isSameAs(LOW);
        assertThat(new SecondStart(LOW, STUCK, START).remarks())
                .singleElement()
                .satisfies(found -> assertThat(found.message()).isEqualTo("the fit from uniform:3 ended notConverged"));
    }

    /** Of two judgments that prefer what has more of the one feature, as if it had ended there. */
    private static Fit fit(FitStatus status, double reward) {
        DoubleComparisonStore store = new DoubleComparisonStore(1, 0);
        store.add(new Comparison(1, Vector.zeros(0), Vector.of(1), 1, 2));
        store.add(new Comparison(1, Vector.zeros(0), Vector.of(1), 0, 1));
        Parameters at = new Parameters(Vector.of(reward), Vector.zeros(0));
        RoundOrder first = RoundOrder.warm("fit", at);
        ShardSum sum =
                new StoreShard(store).answer(new RoundOrder("fit", 0, at, List.of(), Wanted.STATISTICS, first.state()));
        return new Fit(status, at, sum, 0, 4, List.of());
    }
}
