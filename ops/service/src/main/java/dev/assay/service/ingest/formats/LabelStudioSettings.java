package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a Label Studio project writes its judgments; where nothing is said, its {@code label_config} says it.
 *
 * @param pairwise name of the Pairwise tag; null: the only one
 * @param responses fields of the task's data that are the two responses, left or first one first; empty: those the objects
 *     of the Pairwise tag's {@code toName} show
 * @param responseIds fields with the ids of the responses; empty: their text is their identity
 * @param policies fields with the policies of the responses; empty: unknown
 * @param vectors fields with the vectors of the responses; empty: features are made of text
 * @param prompt field whose content is the prompt's identity; null: {@code prompt} if there is one, else the task
 * @param context fields that go into the context
 * @param firstChoices choices that prefer the first response, in lower case
 * @param secondChoices choices that prefer the second response, in lower case
 * @param tieChoices choices that say tie, in lower case; they count beside a Pairwise tag too, and before it
 * @param annotatorPrefix stands before a user's number, which other platforms give to other people
 */
public record LabelStudioSettings(
        @Nullable String pairwise,
        List<String> responses,
        List<String> responseIds,
        List<String> policies,
        List<String> vectors,
        @Nullable String prompt,
        List<String> context,
        List<String> firstChoices,
        List<String> secondChoices,
        List<String> tieChoices,
        String annotatorPrefix) {
    public static final LabelStudioSettings DEFAULTS =
            of(null, null, null, null, null, null, null, null, null, null, null);

    /** @throws IllegalArgumentException naming key, bound and value */
    public LabelStudioSettings {
        requirePair("responses", responses);
        requirePair("response-ids", responseIds);
        requirePair("policies", policies);
        requirePair("vectors", vectors);
        responses = List.copyOf(responses);
        responseIds = List.copyOf(responseIds);
        policies = List.copyOf(policies);
        vectors = List.copyOf(vectors);
        context = List.copyOf(context);
        firstChoices = lower(firstChoices);
        secondChoices = lower(secondChoices);
        tieChoices = lower(tieChoices);
    }

    @JsonCreator
    static LabelStudioSettings of(
            @JsonProperty("pairwise") @Nullable String pairwise,
            @JsonProperty("responses") @Nullable List<String> responses,
            @JsonProperty("response-ids") @Nullable List<String> responseIds,
            @JsonProperty("policies") @Nullable List<String> policies,
            @JsonProperty("vectors") @Nullable List<String> vectors,
            @JsonProperty("prompt") @Nullable String prompt,
            @JsonProperty("context") @Nullable List<String> context,
            @JsonProperty("first-choices") @Nullable List<String> firstChoices,
            @JsonProperty("second-choices") @Nullable List<String> secondChoices,
            @JsonProperty("tie-choices") @Nullable List<String> tieChoices,
            @JsonProperty("annotator-prefix") @Nullable String annotatorPrefix) {
        return new LabelStudioSettings(
                pairwise,
                responses == null ? List.of() : responses,
                responseIds == null ? List.of() : responseIds,
                policies == null ? List.of() : policies,
                vectors == null ? List.of() : vectors,
                prompt,
                context == null ? List.of() : context,
                firstChoices == null ? List.of("left", "first", "a") : firstChoices,
                secondChoices == null ? List.of("right", "second", "b") : secondChoices,
                tieChoices == null ? List.of("tie", "equal", "same") : tieChoices,
                annotatorPrefix == null ? "label-studio:" : annotatorPrefix);
    }

    private static void requirePair(String key, List<String> fields) {
        if (!fields.isEmpty() && fields.size() != 2) {
            throw new IllegalArgumentException("label-studio." + key + " must name 2 fields or none, was " + fields);
        }
    }

    private static List<String> lower(List<String> choices) {
        return choices.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }
}
