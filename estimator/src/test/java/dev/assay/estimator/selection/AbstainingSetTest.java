package dev.assay.estimator.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Estimates;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.MonteCarlo;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AbstainingSetTest {
    private static final MonteCarlo DRAWS = new MonteCarlo(1, 1000);

    @Test
    void theTrulyBestIsKeptAtTheLevelAndOthersAreNot() {
        int kept = 0;
        int winner = 0;
        int size = 0;
        int requests = 1000;
        Estimates estimates = new Estimates(31, 4, 1);
        for (int request = 0; request < requests; request++) {
            List<Vector> responses =
                    Stream.generate(() -> estimates.normal(4)).limit(8).toList();
            AbstainingSet set = AbstainingSet.of(responses, estimates.next(), 0.95, DRAWS);
            int best = IntStream.range(0, 8)
                    .boxed()
                    .max((a, b) -> Double.compare(
                            estimates.truth().dot(responses.get(a)),
                            estimates.truth().dot(responses.get(b))))
                    .orElseThrow();
            kept += set.indices().contains(best) ? 1 : 0;
            winner += set.winner() == best ? 1 : 0;
            size += set.indices().size();
        }
        assertThat(kept).isGreaterThan(940);
        assertThat(winner).isLessThan(900); // so that keeping only the winner would fail above
        assertThat(size / (double) requests).isBetween(1.2, 6.0); // so that keeping all would fail here
    }

    @Test
    void aClearWinnerStandsAloneWithItsTwin() {
        Covariance covariance =
                Covariance.model(PackedSymmetric.of(1, new double[] {100})).orElseThrow();
        Inference inference = new Inference(new Parameters(Vector.of(1), Vector.of()), covariance, 0.95);
        List<Vector> clear = List.of(Vector.of(1), Vector.of(9), Vector.of(2));
        AbstainingSet decided = AbstainingSet.of(clear, inference, 0.95, DRAWS);
        assertThat(decided.indices()).containsExactly(1);
        assertThat(decided.decided()).isTrue();
        assertThat(decided.behind().get(1).upper()).isZero();
        List<Vector> twins = List.of(Vector.of(9), Vector.of(1), Vector.of(9));
        AbstainingSet both = AbstainingSet.of(twins, inference, 0.95, DRAWS);
        assertThat(both.winner()).isZero();
        assertThat(both.indices()).containsExactly(0, 2);
        assertThat(both.decided()).isFalse();
    }

    @Test
    void comparingWithMoreCandidatesAsksForMore() {
        Estimates estimates = new Estimates(3, 6, 1);
        Inference inference = estimates.next();
        List<Vector> responses =
                Stream.generate(() -> estimates.normal(6)).limit(30).toList();
        double few = AbstainingSet.of(responses.subList(0, 2), inference, 0.95, DRAWS)
                .criticalValue();
        double many = AbstainingSet.of(responses, inference, 0.95, DRAWS).criticalValue();
        assertThat(few).isBetween(1.9599, 1.9601);
        assertThat(many).isGreaterThan(2.3);
    }

    @Test
    void aSingleCandidateIsKeptAndNoneIsRefused() {
        Inference inference = new Estimates(1, 2, 1).next();
        assertThat(AbstainingSet.of(List.of(Vector.of(1, 1)), inference, 0.95, DRAWS)
                        .indices())
                .containsExactly(0);
        assertThatThrownBy(() -> AbstainingSet.of(List.of(), inference, 0.95, DRAWS))
                .hasMessageContaining("at least one candidate");
    }
}
