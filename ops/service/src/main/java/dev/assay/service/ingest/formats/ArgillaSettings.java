package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonRefusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an Argilla dataset writes its judgments. */
final class ArgillaSettings {
    /**
     * The question that holds the preference; null: the only ranking, else the only label question whose answer is a preference,
     * else the ratings of the responses.
     */
    final @Nullable String question;

    /**
     * Record fields that are the responses, in the order shown; empty: for a ranking those it ranks, otherwise all fields but
     * the prompt's.
     */
    final List<String> responses;

    /** A ranking's or label's value to the record field it means, where they are not called the same. */
    final Map<String, String> options;

    /** Record field to the rating question about it; where one is missing, {@code <field>_rating}. */
    final Map<String, String> ratings;

    /** Record fields whose content is the prompt's identity; those that a record has not are left out. */
    final List<String> prompt;

    /** Metadata that goes into the context. */
    final List<String> context;

    /** Record field to the metadata with the policy of that response. */
    final Map<String, String> policies;

    /** Record field to the metadata with the vector of that response. */
    final Map<String, String> vectors;

    /** Labels that say tie, in lower case. */
    final List<String> tieLabels;

    /** @throws IllegalArgumentException naming key, bound and value */
    ArgillaSettings(PlatformKeys keys) {
        try {
            question = keys.text("question");
            responses = keys.list("responses");
            if (responses.size() == 1) {
                throw keys.must("responses", "name 2 or more fields or none");
            }
            options = keys.map("options");
            ratings = keys.map("ratings");
            prompt = keys.list("prompt", "prompt", "instruction", "question", "context");
            context = keys.list("context");
            policies = keys.map("policies");
            vectors = keys.map("vectors");
            tieLabels = keys.lowerCase("tie-labels", "tie", "equal", "same");
            keys.requireNoOther();
        } catch (JsonRefusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
