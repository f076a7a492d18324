package dev.assay.cli.demo;

import dev.assay.estimator.choice.Parameters;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ScoreRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a demo runs on.
 *
 * @param title for people
 * @param config the deployment's config file
 * @param deployment the model
 * @param judgments some to stream, some to predict
 * @param prompts prompts with candidates to choose from
 * @param policies whose responses are ranked; null: none
 * @param truth the true parameters, of a simulated campaign
 * @param lengthFeature index of the feature that is the response's length; negative if there is none
 */
public record DemoCampaign(
        String title,
        Path config,
        Deployment deployment,
        Judgments judgments,
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

    /** To stream. */
    public List<Judgment> training() {
        return judgments.training();
    }

    /** To predict. */
    public List<Judgment> heldOut() {
        return judgments.heldOut();
    }

    /**
     * Which judgments a demo keeps out: every fifth by a hash of the unordered pair (of a ranking all its responses), so that no
     * order and no run changes it.
     */
    public record Judgments(List<Judgment> training, List<Judgment> heldOut) {
        private static final int ONE_IN = 5;

        static Judgments split(List<Judgment> judgments) {
            Map<Boolean, List<Judgment>> split =
                    judgments.stream().collect(Collectors.partitioningBy(Judgments::isHeldOut));
            return new Judgments(split.getOrDefault(false, List.of()), split.getOrDefault(true, List.of()));
        }

        static boolean isHeldOut(Judgment judgment) {
            String pair = judgment.responses().stream()
                    .map(JudgedResponse::responseId)
                    .sorted()
                    .collect(Collectors.joining(" "));
            CRC32 hash = new CRC32();
            hash.update(pair.getBytes(StandardCharsets.UTF_8));
            return hash.getValue() % ONE_IN == 0;
        }
    }
}
