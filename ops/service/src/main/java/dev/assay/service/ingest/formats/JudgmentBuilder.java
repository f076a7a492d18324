package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.PromptAndPair;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
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
final class JudgmentBuilder {
    private final String source;
    private final String judgmentId;
    private final String promptId;
    private final List<JudgedResponse> responses = new ArrayList<>();
    private final Map<String, Object> context = new LinkedHashMap<>();
    private @Nullable String annotatorId;
    private @Nullable Instant judgedAt;
    private @Nullable String session;
    private @Nullable Integer shownFirst;
    private @Nullable String featureSpace;
    private @Nullable String platformId;
    private @Nullable String prompt;
    private final List<String> remarks = new ArrayList<>();
    private double weight = 1;

    JudgmentBuilder(String source, String judgmentId, String promptId) {
        this.source = source;
        this.judgmentId = judgmentId;
        this.promptId = promptId;
    }

    /** Of two responses to a prompt, and with what is to be said of how they were found. */
    static JudgmentBuilder of(PromptAndPair pair, String source, String judgmentId, String promptId) {
        JudgmentBuilder builder = new JudgmentBuilder(source, judgmentId, promptId).asked(pair.asked());
        return pair.remark() == null ? builder : builder.remark(pair.remark());
    }

    JudgmentBuilder by(@Nullable String annotator) {
        annotatorId = annotator;
        return this;
    }

    JudgmentBuilder at(@Nullable Instant time) {
        judgedAt = time;
        return this;
    }

    JudgmentBuilder inSession(@Nullable String sitting) {
        session = sitting;
        return this;
    }

    /** The first response was shown first: at the top, or on the left. */
    JudgmentBuilder firstShownFirst() {
        return shownFirst(0);
    }

    /** @param index of a response */
    JudgmentBuilder shownFirst(@Nullable Integer index) {
        shownFirst = index;
        return this;
    }

    JudgmentBuilder weighing(double given) {
        weight = given;
        return this;
    }

    JudgmentBuilder featuresOf(@Nullable String space) {
        featureSpace = space;
        return this;
    }

    /** Under which the platform may take it back. */
    JudgmentBuilder calledThere(String id) {
        platformId = id;
        return this;
    }

    /** What was asked, in words. */
    JudgmentBuilder asked(@Nullable String words) {
        prompt = words;
        return this;
    }

    /** What its sender should know of how it was read, the same words for all of a kind. */
    JudgmentBuilder remark(String words) {
        remarks.add(words);
        return this;
    }

    /** A response without an id of its own: its prompt and text are its identity. */
    JudgmentBuilder response(@Nullable String policy, String text) {
        return response(policy, text, null);
    }

    JudgmentBuilder response(@Nullable String policy, String text, float @Nullable [] features) {
        return response(ContentId.of(promptId, text), policy, text, features);
    }

    JudgmentBuilder response(
            String responseId, @Nullable String policy, @Nullable String text, float @Nullable [] features) {
        return response(new JudgedResponse(responseId, policy, text, features));
    }

    JudgmentBuilder response(JudgedResponse given) {
        responses.add(given);
        return this;
    }

    JudgmentBuilder context(String name, Object value) {
        context.put(name, value);
        return this;
    }

    /** Takes members into the context under their own names, those that are there and are no structure. */
    JudgmentBuilder contextOf(JsonPlace item, String... names) throws JsonRefusal {
        for (String name : names) {
            item.at(name).intoContext(name, context);
        }
        return this;
    }

    JudgmentBuilder contextOf(JsonPlace item, List<String> names) throws JsonRefusal {
        return contextOf(item, names.toArray(new String[0]));
    }

    Intake ranked(List<Integer> ranking) {
        return new Intake.Judged(judgment(ranking), platformId, prompt, List.copyOf(remarks));
    }

    Judgment judgment(List<Integer> ranking) {
        return new Judgment(
                judgmentId,
                annotatorId,
                promptId,
                List.copyOf(responses),
                List.copyOf(ranking),
                weight,
                featureSpace,
                new Occasion(context, judgedAt, session, shownFirst, source));
    }
}
