package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.Fits;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.AnnotatorKind;
import dev.assay.estimator.simulation.Campaign;
import dev.assay.estimator.simulation.Population;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 200 campaigns of n = 2000 judgments with p = 8: MODEL §6 found .95 there for the model's intervals and the robust. */
class CoverageTest {
    private static final int CAMPAIGNS = 200;
    private static final int JUDGMENTS = 2000;
    private static final Campaign CAMPAIGN = new Campaign(
            5,
            200,
            8,
            200,
            List.of(
                    new AnnotatorKind("regular", 0, 0.5),
                    new AnnotatorKind("novice", -0.5, 0.3),
                    new AnnotatorKind("adversarial", -1.6, 0.2)),
            -0.4,
            1.5);

    @Test
    void ninetyFivePercentIntervalsCoverTheKnownParametersAtTheRateTheyClaim() {
        int parameters = CAMPAIGN.rewardDimension() + CAMPAIGN.rationalityDimension();
        int[] model = new int[parameters + 2];
        int[] clustered = new int[parameters + 2];
        for (int seed = 1; seed <= CAMPAIGNS; seed++) {
            Population population = new Population(seed, CAMPAIGN);
            DoubleComparisonStore store =
                    new DoubleComparisonStore(CAMPAIGN.rewardDimension(), CAMPAIGN.rationalityDimension());
            population
                    .judgments(0)
                    .limit(JUDGMENTS)
                    .forEach(judgment -> store.add(population.comparison(judgment), judgment.annotator()));
            Fit fit = Fits.cold(store);
            assertThat(fit.converged()).as("seed %s", seed).isTrue();
            count(fit, Covariance.model(fit).orElseThrow(), population, model);
            Covariance automatic = Covariance.automatic(fit).orElseThrow();
            assertThat(automatic.kind()).isEqualTo(CovarianceKind.CLUSTERED);
            count(fit, automatic, population, clustered);
        }
        for (int[] covered : List.of(model, clustered)) {
            int all = 0;
            for (int quantity = 0; quantity < covered.length; quantity++) {
                // Binomial(200, .95): below 176 or above all 200 has probability 5e-5 on the lower side.
                assertThat(covered[quantity]).as("quantity %s", quantity).isBetween(176, 200);
                all += covered[quantity];
            }
            // The 10 quantities are dependent; if they were all one, 3 standard deviations would be .046.
            assertThat(all / (double) (CAMPAIGNS * covered.length)).isBetween(0.93, 0.97);
        }
    }

    private static void count(Fit fit, Covariance covariance, Population population, int[] covered) {
        Inference inference = new Inference(fit.parameters(), covariance, 0.95);
        Parameters truth = population.truth();
        int p = truth.dimension();
        for (int i = 0; i < p; i++) {
            covered[i] += inference.parameter(i).contains(truth.joint().get(i)) ? 1 : 0;
        }
        var response = population.response(0, 0);
        covered[p] += inference.reward(response).contains(truth.reward().dot(response)) ? 1 : 0;
        var context = population.context(population.judgment(0));
        double rationality = 1 + truth.rationality().dot(context);
        covered[p + 1] += inference.rationality(1, context).contains(rationality) ? 1 : 0;
    }
}
