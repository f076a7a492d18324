package dev.assay.estimator.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.Fits;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    @ParameterizedTest
    @ValueSource(strings = {"a_small", "d_near_collinear"})
    void bothPoliciesChooseAsTheNumericalTruth(String name) {
        VectorSet set = VectorSet.read(name);
        Fit fit = Fits.cold(set.store());
        Covariance covariance = Covariance.model(fit).orElseThrow();
        JsonNode truth = set.expected().get("fit").get("selection");
        JsonNode sets = set.queries().get("selection_sets");
        for (double quantile : new double[] {1, 1.959963984540054, 3}) {
            Inference inference = Inference.ofQuantile(fit.parameters(), covariance, quantile);
            for (int i = 0; i < sets.size(); i++) {
                List<Candidate> candidates = Candidate.all(vectors(sets.get(i)), inference);
                assertThat(BestOfN.select(candidates).chosen())
                        .isEqualTo(truth.get("bon").get(i).asInt());
                assertThat(PessimisticBestOfN.select(candidates).chosen())
                        .isEqualTo(truth.get("pbon")
                                .get(Double.toString(quantile))
                                .get(i)
                                .asInt());
            }
        }
    }

    @Test
    void tiesGoToTheHigherMeanThenTheLowerIndex() {
        List<Candidate> candidates = List.of(
                new Candidate(0, Interval.around(1, 1, 1)),
                new Candidate(1, Interval.around(2, 2, 1)),
                new Candidate(2, Interval.around(2, 2, 1)));
        assertThat(PessimisticBestOfN.select(candidates).chosen()).isEqualTo(1);
        assertThat(BestOfN.select(candidates).chosen()).isEqualTo(1);
        assertThat(BestOfN.select(candidates).candidates()).isEqualTo(candidates);
    }

    @Test
    void anEmptyRequestIsRefused() {
        assertThatThrownBy(() -> PessimisticBestOfN.select(List.of())).hasMessageContaining("at least one candidate");
    }

    private static List<Vector> vectors(JsonNode rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> VectorSet.vector(rows.get(i)))
                .toList();
    }
}
