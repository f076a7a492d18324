package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response with its reward. */
@Schema(name = "Scored", description = "A response with its reward.")
public record ScoredResponse(
        @Schema(description = "Place in the request, from 0.", minimum = "0")
        int index,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "As in the request.") @Nullable
        String id,

        @Schema(description = "r of MODEL (14), nats at rationality 1, from the center.")
        double reward,

        @Schema(description = "Of the reward, nats; 0 or more.", minimum = "0")
        double standardError,

        @Schema(description = "Reward less quantile standard errors.")
        double lower,

        @Schema(description = "Reward plus quantile standard errors.")
        double upper) {
    /** As many as candidates, by the ids of the request. */
    public static List<ScoredResponse> of(List<@Nullable ResponseBody> responses, List<Candidate> candidates) {
        List<ScoredResponse> scored = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            ResponseBody response = responses.get(candidate.index());
            Interval reward = candidate.reward();
            scored.add(new ScoredResponse(
                    candidate.index(),
                    response == null ? null : response.id(),
                    reward.estimate(),
                    reward.standardError(),
                    reward.lower(),
                    reward.upper()));
        }
        return scored;
    }
}
