package dev.assay.service.ingest.formats;

import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A judgment being put together from somebody's fields. */
final class Draft {
    private final String source;
    private final String judgmentId;
    private final String promptId;
    private final List<JudgedResponse> responses = new ArrayList<>();
    private final Map<String, Object> context = new LinkedHashMap<>();
    private @Nullable String annotatorId;
    private @Nullable Instant judgedAt;
    private @Nullable String session;
    private @Nullable Integer shownFirst;

    Draft(String source, String judgmentId, String promptId) {
        this.source = source;
        this.judgmentId = judgmentId;
        this.promptId = promptId;
    }

    Draft by(@Nullable String annotator) {
        annotatorId = annotator;
        return this;
    }

    Draft at(@Nullable Instant time) {
        judgedAt = time;
        return this;
    }

    Draft inSession(@Nullable String sitting) {
        session = sitting;
        return this;
    }

    /** The first response was shown first: at the top, or on the left. */
    Draft firstShownFirst() {
        shownFirst = 0;
        return this;
    }

    /** A response without an id of its own: its prompt and text are its identity. */
    Draft response(@Nullable String policy, String text) {
        return response(policy, text, null);
    }

    Draft response(@Nullable String policy, String text, float @Nullable [] features) {
        return response(ContentId.of(promptId, text), policy, text, features);
    }

    Draft response(String responseId, @Nullable String policy, @Nullable String text, float @Nullable [] features) {
        responses.add(new JudgedResponse(responseId, policy, text, features));
        return this;
    }

    Draft context(String name, Object value) {
        context.put(name, value);
        return this;
    }

    /** Takes members into the context under their own names, those that are there and are no structure. */
    Draft contextOf(Field item, String... names) throws Misfit {
        for (String name : names) {
            item.at(name).intoContext(name, context);
        }
        return this;
    }

    Draft contextOf(Field item, List<String> names) throws Misfit {
        return contextOf(item, names.toArray(new String[0]));
    }

    Intake ranked(List<Integer> ranking) {
        return new Intake.Judged(new Judgment(
                judgmentId,
                annotatorId,
                promptId,
                List.copyOf(responses),
                List.copyOf(ranking),
                1,
                null,
                new Occasion(context, judgedAt, session, shownFirst, source)));
    }
}
