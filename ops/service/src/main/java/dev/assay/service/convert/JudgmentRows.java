package dev.assay.service.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.ingest.formats.Converted;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A judgment as rows of {@code prompt, chosen, rejected} that {@link Converted} reads back: the best response before each of
 * the others, in their order. Every row has all that is to be said of the judgment, so that each is of use alone.
 */
final class JudgmentRows {
    /** In the order of a table. */
    static final List<String> COLUMNS = List.of(
            "prompt",
            "chosen",
            "rejected",
            "tie",
            "annotator_id",
            "judgment_id",
            "prompt_id",
            "chosen_id",
            "rejected_id",
            "chosen_policy",
            "rejected_policy",
            "chosen_index",
            "rejected_index",
            "ranking",
            "weight",
            "context",
            "judged_at",
            "session",
            "shown_first",
            "source",
            "feature_space",
            "chosen_features",
            "rejected_features",
            "empty",
            Converted.TELLING);

    /** Rankings that tie and chosen_index tell already. */
    private static final Set<List<Integer>> OF_PAIRS = Set.of(List.of(1, 2), List.of(2, 1), List.of(1, 1));

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JudgmentRows() {}

    /** @return K − 1 rows of K responses */
    static List<ObjectNode> of(Intake.Judged judged) {
        Judgment judgment = judged.judgment();
        List<Integer> ranking = judgment.ranking();
        List<ObjectNode> rows = new ArrayList<>();
        int best = ranking.indexOf(Collections.min(ranking));
        for (int other = 0; other < ranking.size(); other++) {
            if (other != best) {
                rows.add(row(judgment, judged.prompt(), best, other));
            }
        }
        return rows;
    }

    private static ObjectNode row(Judgment judgment, @Nullable String prompt, int best, int other) {
        List<Integer> ranking = judgment.ranking();
        Occasion occasion = judgment.occasion();
        JudgedResponse chosen = judgment.responses().get(best);
        JudgedResponse rejected = judgment.responses().get(other);
        ObjectNode row = NODES.objectNode();
        put(row, "prompt", prompt);
        put(row, "chosen", chosen.text());
        put(row, "rejected", rejected.text());
        row.put("tie", ranking.get(best).equals(ranking.get(other)));
        put(row, "annotator_id", judgment.annotatorId());
        put(row, "judgment_id", judgment.judgmentId());
        put(row, "prompt_id", judgment.promptId());
        put(row, "chosen_id", chosen.responseId());
        put(row, "rejected_id", rejected.responseId());
        put(row, "chosen_policy", chosen.policy());
        put(row, "rejected_policy", rejected.policy());
        row.put("chosen_index", best);
        row.put("rejected_index", other);
        if (!OF_PAIRS.contains(ranking)) {
            ranking.forEach(row.putArray("ranking")::add);
        }
        row.put("weight", judgment.weight());
        if (!occasion.context().isEmpty()) {
            // A text that holds JSON: what loads rows into columns wants one type of each, and no row has all
            // attributes.
            row.put("context", JsonText.of(context(occasion.context())));
        }
        put(row, "judged_at", time(occasion));
        put(row, "session", occasion.session());
        if (occasion.shownFirst() != null) {
            row.put("shown_first", occasion.shownFirst());
        }
        put(row, "source", occasion.source());
        put(row, "feature_space", judgment.featureSpace());
        vector(row, "chosen_features", chosen.features());
        vector(row, "rejected_features", rejected.features());
        return row.put(Converted.TELLING, Converted.MEMBERS);
    }

    static @Nullable String time(Occasion occasion) {
        return occasion.judgedAt() == null ? null : occasion.judgedAt().toString();
    }

    static void put(ObjectNode object, String name, @Nullable String text) {
        if (text != null) {
            object.put(name, text);
        }
    }

    /** Writes numbers short where they are read back as the same float32, else with all digits. */
    static void vector(ObjectNode object, String name, float @Nullable [] features) {
        if (features == null) {
            return;
        }
        ArrayNode numbers = object.putArray(name);
        for (float feature : features) {
            double brief = Double.parseDouble(Float.toString(feature));
            numbers.add((float) brief == feature ? brief : feature);
        }
    }

    static ObjectNode context(Map<String, Object> context) {
        ObjectNode object = NODES.objectNode();
        context.forEach((name, value) -> {
            if (value instanceof Boolean flag) {
                object.put(name, flag);
            } else if (value instanceof Double number) {
                object.put(name, number);
            } else {
                object.put(name, String.valueOf(value));
            }
        });
        return object;
    }
}
