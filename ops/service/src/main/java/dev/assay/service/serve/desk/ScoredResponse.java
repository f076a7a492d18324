package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.inference.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A response with its reward, in JSON's words: MODEL (14).
 *
 * @param index place in the request, from 0
 * @param id as in the request; left out if it had none
 * @param reward nats, from the centre that the answer names
 * @param standardError same unit
 * @param lower lower end of the interval
 * @param upper upper end
 */
record ScoredResponse(
        int index,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id,
        double reward,
        @JsonProperty("standard_error") double standardError,
        double lower,
        double upper) {
    static ScoredResponse of(int index, @Nullable String id, Interval reward) {
        return new ScoredResponse(index, id, reward.estimate(), reward.standardError(), reward.lower(), reward.upper());
    }
}
