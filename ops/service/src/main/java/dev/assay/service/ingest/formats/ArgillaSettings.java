package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an Argilla dataset writes its judgments.
 *
 * @param question the question that holds the preference; null: the only ranking, else the only label question whose answer
 *     is a preference, else the ratings of the responses
 * @param responses record fields that are the responses, in the order shown; empty: for a ranking those it ranks, otherwise
 *     all fields but the prompt's
 * @param options a ranking's or label's value to the record field it means, where they are not called the same
 * @param ratings record field to the rating question about it; where one is missing, {@code <field>_rating}
 * @param prompt record fields whose content is the prompt's identity; those that a record has not are left out
 * @param context metadata that goes into the context
 * @param policies record field to the metadata with the policy of that response
 * @param vectors record field to the metadata with the vector of that response
 * @param tieLabels labels that say tie, in lower case
 */
public record ArgillaSettings(
        @Nullable String question,
        List<String> responses,
        Map<String, String> options,
        Map<String, String> ratings,
        List<String> prompt,
        List<String> context,
        Map<String, String> policies,
        Map<String, String> vectors,
        List<String> tieLabels) {
    public static final ArgillaSettings DEFAULTS = of(null, null, null, null, null, null, null, null, null);

    /** @throws IllegalArgumentException naming key, bound and value */
    public ArgillaSettings {
        if (responses.size() == 1) {
            throw new IllegalArgumentException(
                    "argilla.responses must name 2 or more fields or none, was " + responses);
        }
        responses = List.copyOf(responses);
        options = Map.copyOf(options);
        ratings = Map.copyOf(ratings);
        prompt = List.copyOf(prompt);
        context = List.copyOf(context);
        policies = Map.copyOf(policies);
        vectors = Map.copyOf(vectors);
        tieLabels =
                tieLabels.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    @JsonCreator
    static ArgillaSettings of(
            @JsonProperty("question") @Nullable String question,
            @JsonProperty("responses") @Nullable List<String> responses,
            @JsonProperty("options") @Nullable Map<String, String> options,
            @JsonProperty("ratings") @Nullable Map<String, String> ratings,
            @JsonProperty("prompt") @Nullable List<String> prompt,
            @JsonProperty("context") @Nullable List<String> context,
            @JsonProperty("policies") @Nullable Map<String, String> policies,
            @JsonProperty("vectors") @Nullable Map<String, String> vectors,
            @JsonProperty("tie-labels") @Nullable List<String> tieLabels) {
        return new ArgillaSettings(
                question,
                responses == null ? List.of() : responses,
                options == null ? Map.of() : options,
                ratings == null ? Map.of() : ratings,
                prompt == null ? List.of("prompt", "instruction", "question", "context") : prompt,
                context == null ? List.of() : context,
                policies == null ? Map.of() : policies,
                vectors == null ? Map.of() : vectors,
                tieLabels == null ? List.of("tie", "equal", "same") : tieLabels);
    }
}
