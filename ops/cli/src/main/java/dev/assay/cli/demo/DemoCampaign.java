package dev.assay.cli.demo;

import dev.assay.estimator.choice.Parameters;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ScoreRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo runs on.
 *
 * @param title for people
 * @param config the deployment's config file
 * @param deployment the model
 * @param training judgments to stream
 * @param heldOut judgments kept out, to predict
 * @param prompts prompts with candidates to choose from
 * @param policies whose responses are ranked; null: none
 * @param truth the true parameters, of a simulated campaign
 * @param lengthFeature index of the feature that is the response's length; negative if there is none
 */
public record DemoCampaign(
        String title,
        Path config,
        Deployment deployment,
        List<Judgment> training,
        List<Judgment> heldOut,
        List<Prompt> prompts,
        @Nullable PolicyResponses policies,
        @Nullable Parameters truth,
        int lengthFeature) {

    /**
     * A prompt with its candidates.
     *
     * @param text for people, shortened
     * @param candidates to choose from
     */
    public record Prompt(String text, List<ScoreRequest.Candidate> candidates) {}
}
