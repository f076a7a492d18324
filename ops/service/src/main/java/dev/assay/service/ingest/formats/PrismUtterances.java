package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PRISM's utterances: a row is a response, the rows of one interaction are what the annotator saw at one turn, and one of
 * them is chosen. An interaction makes one judgment: the chosen one before all others, which are not ordered among
 * themselves. Its rows must follow one another, so that only one interaction is held at a time.
 */
final class PrismUtterances implements Items {
    private static final String SOURCE = "prism";
    static final Format FORMAT = new Format(
            SOURCE, Format.has("interaction_id", "if_chosen"), (settings, source) -> new PrismUtterances(), false);

    /** Rows of one interaction, all read. */
    private static final class Turn {
        private final String interactionId;
        private final List<Utterance> utterances = new ArrayList<>();
        private @Nullable String refusal;

        Turn(String interactionId) {
            this.interactionId = interactionId;
        }
    }

    private record Utterance(JsonPlace row, String id, boolean chosen, String model, String text) {}

    private final Set<Long> closed = new HashSet<>(); // hashes: 68,000 interactions take a few megabytes
    private @Nullable Turn open;

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        String interactionId = row.at("interaction_id").id();
        List<Intake> found = new ArrayList<>();
        if (open == null || !open.interactionId.equals(interactionId)) {
            found.addAll(end());
            if (!closed.add(hash(interactionId))) {
                found.add(Intake.NotUnderstood.because(row.at("interaction_id")
                        .must("come in rows that follow one another: sort the file by interaction_id")));
                return found;
            }
            open = new Turn(interactionId);
        }
        try {
            add(open, row);
        } catch (JsonRefusal e) {
            found.add(Intake.NotUnderstood.because(e));
        }
        return found;
    }

    private static void add(Turn turn, JsonPlace row) throws JsonRefusal {
        try {
            if (turn.utterances.size() == Neutral.MOST_RESPONSES) {
                throw new JsonRefusal("an interaction must have at most " + Neutral.MOST_RESPONSES + " responses");
            }
            turn.utterances.add(new Utterance(
                    row,
                    row.at("utterance_id").id(),
                    row.at("if_chosen").flag(),
                    row.at("model_name").id(),
                    row.at("model_response").text()));
        } catch (JsonRefusal e) {
            turn.refusal =
                    "interaction " + Shown.of(turn.interactionId) + " is left out, since one of its rows is faulty";
            throw e;
        }
    }

    @Override
    public List<Intake> end() {
        Turn turn = open;
        open = null;
        return turn == null ? List.of() : List.of(judged(turn));
    }

    private static Intake judged(Turn turn) {
        if (turn.refusal != null) {
            return new Intake.NotUnderstood(turn.refusal);
        }
        if (turn.utterances.size() < 2) {
            return new Intake.Ignored("one response alone is no comparison");
        }
        long chosen = turn.utterances.stream().filter(Utterance::chosen).count();
        if (chosen == 0) {
            return new Intake.Ignored("no response was chosen");
        }
        if (chosen > 1) {
            return new Intake.NotUnderstood(
                    "if_chosen must be true once in interaction " + Shown.of(turn.interactionId) + ", was " + chosen);
        }
        return Items.part(() -> builder(turn)
                .ranked(turn.utterances.stream()
                        .map(each -> each.chosen() ? 1 : 2)
                        .toList()));
    }

    private static JudgmentBuilder builder(Turn turn) throws JsonRefusal {
        JsonPlace row = turn.utterances.get(0).row();
        String id = SOURCE + ":" + turn.interactionId;
        JudgmentBuilder builder = new JudgmentBuilder(SOURCE, id, id)
                .asked(row.at("user_prompt").optionalText())
                .by(row.at("user_id").optionalId())
                .inSession(row.at("conversation_id").optionalId())
                .contextOf(row, "conversation_type", "turn");
        for (Utterance each : turn.utterances) {
            builder.response(SOURCE + ":" + each.id(), each.model(), each.text(), null);
        }
        return builder;
    }

    private static long hash(String interactionId) {
        return Long.parseUnsignedLong(ContentId.of(interactionId).substring(0, 16), 16);
    }
}
