package dev.assay.estimator.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Estimates;
import dev.assay.estimator.inference.Inference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CentringTest {
    @Test
    void bestOfNIsTheSameFromEverywhereAndItsRewardsAreShifted() {
        for (int seed = 1; seed <= 50; seed++) {
            Estimates estimates = new Estimates(seed, 4, 1);
            Inference inference = estimates.next();
            List<Vector> responses =
                    Stream.generate(() -> estimates.normal(4)).limit(9).toList();
            Selection plain = BestOfN.select(Candidate.all(responses, inference));
            Selection centred = BestOfN.select(Candidate.all(responses, inference, Centring.CANDIDATES));
            assertThat(centred.chosen()).isEqualTo(plain.chosen());
            double sum = centred.candidates().stream()
                    .mapToDouble(candidate -> candidate.reward().estimate())
                    .sum();
            assertThat(sum).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void pessimisticBestOfNDependsOnTheOriginUnlessCentredOnTheCandidates() {
        // The first feature is certain, the second is not: standard errors 0.01 and 1.
        Covariance covariance = Covariance.model(PackedSymmetric.of(2, new double[] {1e4, 0, 1}))
                .orElseThrow();
        Inference inference = new Inference(new Parameters(Vector.of(1, 0.1), Vector.of()), covariance, 0.95);
        List<Vector> responses = List.of(Vector.of(1, 0), Vector.of(0, 3), Vector.of(0, 3.1));
        List<Vector> shifted = responses.stream()
                .map(response -> response.plus(Vector.of(0, -3.05)))
                .toList();
        assertThat(chosen(responses, inference, Centring.FEATURE_SPACE)).isEqualTo(0);
        assertThat(chosen(shifted, inference, Centring.FEATURE_SPACE)).isEqualTo(2);
        assertThat(chosen(responses, inference, Centring.CANDIDATES))
                .isEqualTo(chosen(shifted, inference, Centring.CANDIDATES));
    }

    @Test
    void nobodyIsCentredOnNobody() {
        Inference inference = new Estimates(1, 2, 1).next();
        assertThat(Candidate.all(List.of(), inference, Centring.CANDIDATES)).isEmpty();
    }

    private static int chosen(List<Vector> responses, Inference inference, Centring centring) {
        return PessimisticBestOfN.select(Candidate.all(responses, inference, centring))
                .chosen();
    }
}
