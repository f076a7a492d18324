package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Require;
import java.util.List;

/**
 * Sizes and truths of a simulated campaign.
 *
 * @param rewardDimension features of a response, d
 * @param prompts         number of prompts
 * @param responses       responses to each prompt, at least 2
 * @param annotators      number of annotators
 * @param kinds           the first is the reference, whose rationality is 1; the others have a 0/1 context feature each
 * @param fatigueEffect   what one unit of fatigue adds to the rationality
 * @param rewardSpread    standard deviation of the reward difference of two responses, in log-odds
 */
public record Campaign(
        int rewardDimension,
        int prompts,
        int responses,
        int annotators,
        List<AnnotatorKind> kinds,
        double fatigueEffect,
        double rewardSpread) {
    /** The demo's: 16 features, 500 prompts of 16 responses, 400 annotators of four kinds; k = 4. */
    public static final Campaign DEMO = new Campaign(
            16,
            500,
            16,
            400,
            List.of(
                    new AnnotatorKind("regular", 0, 0.5),
                    new AnnotatorKind("expert", 0.8, 0.2),
                    new AnnotatorKind("novice", -0.5, 0.2),
                    new AnnotatorKind("adversarial", -1.6, 0.1)),
            -0.4,
            1.5);

    public Campaign {
        kinds = List.copyOf(kinds);
        Require.that(rewardDimension > 0, "reward dimension must be above 0, was %s", rewardDimension);
        Require.that(prompts > 0, "prompts must be above 0, were %s", prompts);
        Require.that(responses >= 2, "responses must be at least 2, were %s", responses);
        Require.that(annotators > 0, "annotators must be above 0, were %s", annotators);
        Require.that(!kinds.isEmpty() && kinds.get(0).rationality() == 0, "the first kind is the reference: %s", kinds);
    }

    /** k: a feature for every kind but the reference, and the fatigue. */
    public int rationalityDimension() {
        return kinds.size();
    }
}
