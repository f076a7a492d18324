package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.ObservedInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorStatisticsTest {
    // The truth is rounded to 17 digits; sums of 2000 terms may lose three of them.
    private static final double RELATIVE = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {"a_small", "d_near_collinear", "f_separable"})
    void aShardAnswersTheNumericalTruthAtTheTestPoint(String name) {
        VectorSet set = VectorSet.read(name);
        JsonNode truth = set.expected().get("at_test_point");
        Parameters point = Parameters.of(VectorSet.vector(set.queries().get("test_point")), set.d());
        Answer answer = new StoreShard(set.store()).answer(Questions.at(point, Wanted.STATISTICS_AND_CLUSTERS, point));
        double n = answer.weight();
        int p = point.dimension();
        PackedSymmetric information = PackedSymmetric.of(p, answer.statistics().information());
        PackedSymmetric observed = ObservedInformation.of(
                information, Dense.of(set.d(), set.k(), answer.statistics().cross()));
        assertThat(-answer.statistics().logLikelihood() / n)
                .isCloseTo(truth.get("mean_nll").asDouble(), within(RELATIVE));
        assertThat(-answer.trials().logLikelihoods().get(0) / n)
                .isCloseTo(truth.get("mean_nll").asDouble(), within(RELATIVE));
        assertClose(answer.statistics().score().times(-1 / n), truth.get("grad"));
        assertClose(information.diagonal().times(1 / n), truth.get("fisher_diag"));
        assertClose(row(observed, 0).times(1 / n), truth.get("hessian_first_row"));
        assertClose(row(observed, p - 1).times(1 / n), truth.get("hessian_last_row"));
        assertClose(PackedSymmetric.of(p, answer.statistics().meat()).diagonal().times(1 / n), truth.get("meat_diag"));
        assertThat(answer.statistics().clusters()).isEqualTo(n);
    }

    private static void assertClose(Vector actual, JsonNode expected) {
        assertThat(actual.toArray()).containsExactly(VectorSet.vector(expected).toArray(), within(RELATIVE));
    }

    private static Vector row(PackedSymmetric matrix, int i) {
        return Vector.of(matrix.toRows()[i]);
    }
}
