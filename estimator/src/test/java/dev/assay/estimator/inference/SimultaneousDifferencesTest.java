package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimultaneousDifferencesTest {
    private static final MonteCarlo DRAWS = MonteCarlo.seeded(3);

    @Test
    void allIntervalsTogetherCoverAtTheLevel() {
        Estimates estimates = new Estimates(11, 4, 1);
        // 12 differences in 4 dimensions: their correlation is singular.
        List<Vector> differences =
                Stream.generate(() -> estimates.normal(4)).limit(12).toList();
        double critical = SimultaneousDifferences.of(differences, estimates.next(), 0.95, DRAWS)
                .criticalValue();
        int held = 0;
        int ordinaryHeld = 0;
        int estimations = 2000;
        for (int i = 0; i < estimations; i++) {
            Inference inference = estimates.next();
            held += all(differences, inference, critical, estimates.truth()) ? 1 : 0;
            ordinaryHeld += all(differences, inference, 1.96, estimates.truth()) ? 1 : 0;
        }
        // Binomial(2000, .95) has standard deviation 9.7; above would mean needlessly wide.
        assertThat(held).isBetween(1870, 1930);
        assertThat(ordinaryHeld).isLessThan(1750);
    }

    @Test
    void anIntervalWithoutZeroIsAnAdjustedPValueBelowAlpha() {
        Estimates estimates = new Estimates(5, 3, 2);
        List<Vector> differences =
                Stream.generate(() -> estimates.normal(3)).limit(40).toList();
        SimultaneousDifferences all = SimultaneousDifferences.of(differences, estimates.next(), 0.95, DRAWS);
        int significant = 0;
        for (int i = 0; i < 40; i++) {
            boolean without = !all.tests().get(i).interval().contains(0);
            assertThat(all.maximum().get(i) < 0.05).isEqualTo(without);
            assertThat(all.maximum().get(i))
                    .isGreaterThanOrEqualTo(all.tests().get(i).pValue());
            significant += without ? 1 : 0;
        }
        assertThat(significant).isBetween(1, 39);
        assertThat(all.probabilityError()).isLessThan(0.001);
    }

    @Test
    void ofManyTrueHypothesesHardlyAnyFamilyIsRejected() {
        Estimates estimates = new Estimates(17, 5, 0);
        List<Vector> differences =
                Stream.generate(() -> estimates.normal(5)).limit(8).toList();
        MonteCarlo few = new MonteCarlo(1, 2000);
        int byHolm = 0;
        int byMaximum = 0;
        int unadjusted = 0;
        for (int i = 0; i < 500; i++) {
            SimultaneousDifferences all = SimultaneousDifferences.of(differences, estimates.next(), 0.95, few);
            byHolm += least(all.holm()) < 0.05 ? 1 : 0;
            byMaximum += least(all.maximum()) < 0.05 ? 1 : 0;
            unadjusted += all.tests().stream().anyMatch(test -> test.pValue() < 0.05) ? 1 : 0;
        }
        // Binomial(500, .05): mean 25, standard deviation 4.9.
        assertThat(byHolm).isLessThanOrEqualTo(40);
        assertThat(byMaximum).isBetween(byHolm, 42);
        assertThat(unadjusted).isGreaterThan(70);
    }

    @Test
    void fewDegreesOfFreedomWidenTheIntervals() {
        Covariance ten = Covariance.biasCorrected(PackedSymmetric.of(1, new double[] {4}), 11)
                .orElseThrow();
        Inference inference = new Inference(new Parameters(Vector.of(1), Vector.of()), ten, 0.95);
        assertThat(SimultaneousDifferences.of(List.of(Vector.of(1)), inference, 0.95, DRAWS)
                        .criticalValue())
                .isBetween(2.2281, 2.2282); // R: qt(.975, 10)
    }

    @Test
    void aDifferenceOfNothingTakesNoPart() {
        Estimates estimates = new Estimates(2, 2, 1);
        Inference inference = estimates.next();
        SimultaneousDifferences one =
                SimultaneousDifferences.of(List.of(Vector.of(1, 0), Vector.of(0, 0)), inference, 0.95, DRAWS);
        assertThat(one.criticalValue()).isBetween(1.95996, 1.95997);
        assertThat(one.maximum().get(1)).isEqualTo(1);
        assertThat(one.tests().get(1).pValue()).isEqualTo(1);
        SimultaneousDifferences none = SimultaneousDifferences.of(List.of(Vector.of(0, 0)), inference, 0.95, DRAWS);
        assertThat(none.criticalValue()).isBetween(1.95996, 1.95997);
        assertThatThrownBy(() -> SimultaneousDifferences.of(List.of(), inference, 0.95, DRAWS))
                .hasMessageContaining("differences must be 1 to 2048");
    }

    private static boolean all(List<Vector> differences, Inference inference, double critical, Vector truth) {
        return differences.stream()
                .allMatch(difference -> Math.abs(inference.reward(difference).estimate() - truth.dot(difference))
                        <= critical * inference.reward(difference).standardError());
    }

    private static double least(Vector values) {
        return IntStream.range(0, values.size()).mapToDouble(values::get).min().orElseThrow();
    }
}
