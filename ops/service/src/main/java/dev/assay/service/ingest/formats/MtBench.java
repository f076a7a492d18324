package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.Conversation;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Judgments of MT-bench: a question of two turns, of which a row judges the first alone or both. The question's number is that
 * of many judgments, other than an arena's.
 */
final class MtBench implements Items {
    private static final String SOURCE = "mt-bench";
    static final Format FORMAT = Format.of(SOURCE, MtBench::recognises, new MtBench());

    private static boolean recognises(JsonNode item) {
        return Format.has("question_id", "model_a", "model_b", "winner", "judge", "turn", "conversation_a")
                        .test(item)
                && item.path("question_id").isIntegralNumber()
                && !item.has("tstamp");
    }

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        JsonPlace winner = row.at("winner");
        List<Integer> ranking = switch (winner.text()) {
            case "model_a" -> Ranks.FIRST;
            case "model_b" -> Ranks.SECOND;
            case "tie", "tie (inconsistent)" -> Ranks.TIE;
            default -> throw winner.must("be model_a, model_b, tie or \"tie (inconsistent)\"");
        };
        int turn = row.at("turn").whole(1, 2);
        Conversation a = turns(row.at("conversation_a"), turn);
        Conversation b = turns(row.at("conversation_b"), turn);
        String question = row.at("question_id").id();
        String judge = judge(row.at("judge"));
        String modelA = row.at("model_a").id();
        String modelB = row.at("model_b").id();
        String id = String.join(":", SOURCE, question, String.valueOf(turn), modelA, modelB, judge);
        return List.of(new JudgmentBuilder(SOURCE, id, ContentId.of(a.saidBy("user")))
                .asked(a.saidBy("user"))
                .by(judge)
                .firstShownFirst()
                .response(modelA, a.saidBy("assistant"))
                .response(modelB, b.saidBy("assistant"))
                .context("turn", (double) turn)
                .ranked(ranking));
    }

    /** Up to the answer that was judged. */
    private static Conversation turns(JsonPlace conversation, int turn) throws JsonRefusal {
        Conversation whole = Conversation.at(conversation);
        return whole.first(Math.min(2 * turn, whole.messages().size()));
    }

    /** A person's name, or a model's and that of its instructions. */
    private static String judge(JsonPlace judge) throws JsonRefusal {
        if (judge.value() == null || !judge.value().isArray()) {
            return judge.id();
        }
        List<String> parts = new ArrayList<>();
        for (JsonPlace part : judge.list()) {
            parts.add(part.id());
        }
        return String.join(":", parts);
    }
}
