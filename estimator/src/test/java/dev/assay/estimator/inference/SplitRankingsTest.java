package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedRankings;
import dev.assay.estimator.GeneratedRankings.Ranked;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.StoreShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rankings of K responses as choices and as their K(K−1)/2 pairs: whose 95 % intervals hold the truth? The study behind
 * {@code ops/docs/experiments/rankings.md} is this test with {@code -Dassay.replications=1000}.
 */
class SplitRankingsTest {
    private static final int D = 3;
    private static final int K = 2;
    private static final int RANKINGS = 300;
    private static final int REPLICATIONS = Integer.getInteger("assay.replications", 60);

    /** How often intervals held the truth, and how wide they were. */
    private static final class Tally {
        private final String name;
        private final int[] covered = new int[D + K];
        private double error;

        Tally(String name) {
            this.name = name;
        }

        void add(Fit fit, Covariance covariance, Parameters truth) {
            Inference inference = new Inference(fit.parameters(), covariance, 0.95);
            Vector errors = covariance.standardErrors();
            for (int i = 0; i < D + K; i++) {
                covered[i] += inference.parameter(i).contains(truth.joint().get(i)) ? 1 : 0;
                error += errors.get(i) / (D + K) / REPLICATIONS;
            }
        }

        double share(int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += covered[i];
            }
            return sum / (to - from) / REPLICATIONS;
        }

        String line(int responses) {
            return String.format(
                    Locale.ROOT,
                    "| %d | %s | %.3f | %.3f | %.4f |",
                    responses,
                    name,
                    share(0, D),
                    share(D, D + K),
                    error);
        }
    }

    @ParameterizedTest(name = "{0} responses")
    @ValueSource(ints = {4, 8})
    void pairsOfOneRankingAreNotIndependentAndTheirModelErrorsAreTooSmall(int responses) {
        Tally choices = new Tally("choices (22), J⁻¹");
        Tally pairs = new Tally("pairs, J⁻¹");
        Tally clustered = new Tally("pairs, clustered by ranking");
        for (int seed = 1; seed <= REPLICATIONS; seed++) {
            GeneratedRankings generated = new GeneratedRankings(seed, D, K)
                    .responses(responses, responses)
                    .ties(0)
                    .annotators(0);
            List<Ranked> rankings = generated.next(RANKINGS);
            Fit whole = new AlternatingDescent(FitConfig.DEFAULTS)
                    .fit(
                            Start.cold(D, K),
                            List.of(new StoreShard(new FloatComparisonStore(D, K), generated.store(rankings), 1)));
            Fit split = Fits.cold(split(rankings));
            choices.add(whole, Covariance.model(whole).orElseThrow(), generated.truth());
            pairs.add(split, Covariance.model(split).orElseThrow(), generated.truth());
            clustered.add(split, Covariance.clustered(split).orElseThrow(), generated.truth());
        }
        for (Tally tally : List.of(choices, pairs, clustered)) {
            System.out.println(tally.line(responses));
        }
        // 60 replications of 5 parameters: a standard error of .028 at most for a mean of .95, were they all one.
        assertThat(choices.share(0, D + K)).isBetween(0.9, 0.99);
        assertThat(pairs.share(0, D + K)).isLessThan(choices.share(0, D + K) - 0.04);
        assertThat(clustered.share(0, D + K)).isBetween(0.9, 0.99);
        assertThat(clustered.error).isGreaterThan(choices.error);
    }

    private static FloatComparisonStore split(List<Ranked> rankings) {
        FloatComparisonStore store = new FloatComparisonStore(D, K);
        for (int r = 0; r < rankings.size(); r++) {
            Ranked ranked = rankings.get(r);
            List<Integer> passed = new ArrayList<>();
            for (int i = 0; i < ranked.ranks().length; i++) {
                for (int j : passed) {
                    float[] z = new float[D];
                    for (int c = 0; c < D; c++) {
                        z[c] = ranked.features()[i * D + c] - ranked.features()[j * D + c];
                    }
                    float preference = ranked.ranks()[i] < ranked.ranks()[j] ? 1 : 0;
                    store.upsert(r, 64L * i + j, r, 1, 1, preference, ranked.context(), z);
                }
                passed.add(i);
            }
        }
        return store;
    }
}
