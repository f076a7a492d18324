package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The row n = 200, (d, k) = (20, 5) of MODEL §6, eight judgments a parameter: .86 for the model, .94 and .92 corrected. */
class SmallSampleCoverageTest {
    private static final int D = 20;
    private static final int K = 5;

    @Test
    void bothCorrectionsCoverWhereTheModelsIntervalsAreTooNarrow() {
        double model = 0;
        double robust = 0;
        double corrected = 0;
        int fits = 0;
        for (int seed = 1; seed <= 200; seed++) {
            GeneratedData data = new GeneratedData(seed, GeneratedData.Kind.plain(200, D, K));
            DoubleComparisonStore store = data.store();
            Fit fit = Fits.cold(store);
            if (!fit.converged()) {
                continue; // a few runs of this size are separated
            }
            fits++;
            Vector truth = data.truth().joint();
            model += covered(fit.parameters(), Covariance.model(fit).orElseThrow(), truth);
            robust += covered(fit.parameters(), Covariance.robust(fit).orElseThrow(), truth);
            Parameters unbiased = BiasCorrection.corrected(fit, List.of(store)).orElseThrow();
            corrected += covered(unbiased, Covariance.biasCorrected(fit).orElseThrow(), truth);
            ChosenCovariance chosen = Covariance.choose(fit).orElseThrow();
            assertThat(chosen.covariance().kind()).isEqualTo(CovarianceKind.ROBUST);
            assertThat(chosen.trusted()).isFalse();
        }
        // 200 runs of 25 dependent parameters: the shares are known to about ±.01.
        assertThat(fits).isGreaterThan(190);
        assertThat(model / fits).isBetween(0.80, 0.89);
        assertThat(robust / fits).isBetween(0.92, 0.96);
        assertThat(corrected / fits).isBetween(0.90, 0.96);
    }

    /** Share of the parameters whose 95 % interval covers. */
    private static double covered(Parameters estimate, Covariance covariance, Vector truth) {
        Inference inference = new Inference(estimate, covariance, 0.95);
        int covered = 0;
        for (int i = 0; i < truth.size(); i++) {
            covered += inference.parameter(i).contains(truth.get(i)) ? 1 : 0;
        }
        return covered / (double) truth.size();
    }
}
