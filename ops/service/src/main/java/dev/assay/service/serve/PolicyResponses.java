package dev.assay.service.serve;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.List;

/**
 * Responses of several policies to the same prompts, for the leaderboard.
 *
 * @param policies their names, 2 to 64
 * @param features φ of each policy's response to each prompt, in the same order of prompts; at least 2
 */
public record PolicyResponses(List<String> policies, List<List<Vector>> features) {
    private static final int MOST = 64;

    /** @throws IllegalArgumentException naming bound and value */
    public PolicyResponses {
        policies = List.copyOf(policies);
        features = List.copyOf(features);
        Require.that(
                policies.size() >= 2 && policies.size() <= MOST,
                "a leaderboard needs 2 to %s policies, has %s",
                MOST,
                policies.size());
        Require.that(
                features.size() == policies.size(), "%s policies, features of %s", policies.size(), features.size());
        for (int i = 0; i < features.size(); i++) {
            int prompts = features.get(i).size();
            Require.that(
                    prompts >= 2 && prompts == features.get(0).size(),
                    "policies must have answered the same prompts, at least 2; %s has %s, %s has %s",
                    policies.get(i),
                    prompts,
                    policies.get(0),
                    features.get(0).size());
        }
    }
}
