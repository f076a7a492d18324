package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.service.http.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response with its reward. */
@Doc(name = "Scored", value = "A response with its reward.")
public record ScoredResponse(
        @Doc(value = "Place in the request, from 0.", min = 0)
        int index,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Doc("As in the request.") @Nullable
        String id,

        @Doc("r of MODEL (14), nats at rationality 1, from the center.")
        double reward,

        @Doc(value = "Of the reward, nats; 0 or more; null where it is not estimable, as both bounds.", min = 0)
        @Nullable
        Double standardError,

        @Doc("Reward less quantile standard errors.") @Nullable
        Double lower,

        @Doc("Reward plus quantile standard errors.") @Nullable
        Double upper) {
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
                    IntervalAnswer.finite(reward.standardError()),
                    IntervalAnswer.finite(reward.lower()),
                    IntervalAnswer.finite(reward.upper())));
        }
        return scored;
    }
}
