package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a Label Studio project writes its judgments; where nothing is said, its {@code label_config} says it. */
final class LabelStudioSettings {
    /** Name of the Pairwise tag; null: the only one. */
    final @Nullable String pairwise;

    /**
     * Fields of the task's data that are the two responses, left or first one first; empty: those the objects of the Pairwise
     * tag's {@code toName} show.
     */
    final List<String> responses;

    /** Fields with the ids of the responses; empty: their text is their identity. */
    final List<String> responseIds;

    /** Fields with the policies of the responses; empty: unknown. */
    final List<String> policies;

    /** Fields with the vectors of the responses; empty: features are made of text. */
    final List<String> vectors;

    /** Field whose content is the prompt's identity; the task is, if it has none. */
    final String prompt;

    /** Fields that go into the context. */
    final List<String> context;

    /** Choices that prefer the first response, in lower case. */
    final List<String> firstChoices;

    /** Choices that prefer the second response, in lower case. */
    final List<String> secondChoices;

    /** Choices that say tie, in lower case; they count beside a Pairwise tag too, and before it. */
    final List<String> tieChoices;

    /** Stands before a user's number, which other platforms give to other people. */
    final String annotatorPrefix;

    /** @throws IllegalArgumentException naming key, bound and value */
    LabelStudioSettings(PlatformKeys keys) {
        try {
            pairwise = keys.text("pairwise");
            responses = keys.pair("responses");
            responseIds = keys.pair("response-ids");
            policies = keys.pair("policies");
            vectors = keys.pair("vectors");
            prompt = keys.text("prompt", "prompt");
            context = keys.list("context");
            firstChoices = keys.lowerCase("first-choices", "left", "first", "a");
            secondChoices = keys.lowerCase("second-choices", "right", "second", "b");
            tieChoices = keys.lowerCase("tie-choices", "tie", "equal", "same");
            annotatorPrefix = keys.text("annotator-prefix", "label-studio:");
            keys.requireNoOther();
        } catch (JsonRefusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
