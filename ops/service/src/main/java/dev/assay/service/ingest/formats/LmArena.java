package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.Conversation;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Battles of the arena. Older files name the voter ({@code judge}), newer ones only the sitting, which is then the cluster.
 * "Both are bad" is no tie between them but an answer to another question, and has no effect.
 */
final class LmArena implements Items {
    private static final String SOURCE = "lmarena";
    static final Format FORMAT = Format.of(SOURCE, Format.has("model_a", "model_b", "winner"), new LmArena());

    @Override
    public List<Intake> read(JsonPlace battle) throws JsonRefusal {
        List<Integer> ranking = switch (battle.at("winner").text()) {
            case "model_a" -> Ranks.FIRST;
            case "model_b" -> Ranks.SECOND;
            case "tie" -> Ranks.TIE;
            case "both_bad", "tie (bothbad)" -> List.of();
            default -> throw battle.at("winner").must("be model_a, model_b, tie, both_bad or \"tie (bothbad)\"");
        };
        if (ranking.isEmpty()) {
            return List.of(new Intake.Ignored("both bad is not a tie"));
        }
        return List.of(builder(battle).ranked(ranking));
    }

    private static JudgmentBuilder builder(JsonPlace battle) throws JsonRefusal {
        String battleId = battleId(battle);
        String session = battle.at("evaluation_session_id").optionalId();
        JsonPlace time = battle.at("tstamp").present() ? battle.at("tstamp") : battle.at("timestamp");
        String modelA = battle.at("model_a").id();
        String modelB = battle.at("model_b").id();
        boolean texts = battle.at("conversation_a").present();
        Conversation a = texts ? Conversation.at(battle.at("conversation_a")) : null;
        Conversation b = texts ? Conversation.at(battle.at("conversation_b")) : null;
        String promptId = a == null ? SOURCE + ":" + battleId : ContentId.of(a.saidBy("user"));
        JudgmentBuilder builder = new JudgmentBuilder(SOURCE, SOURCE + ":" + battleId, promptId)
                .asked(a == null ? null : a.saidBy("user"))
                .by(voter(battle, session))
                .at(time.optionalTime())
                .inSession(session)
                .firstShownFirst()
                .contextOf(battle, "language", "turn", "is_code");
        return a == null || b == null
                ? builder.response(battleId + ":a", modelA, null, null).response(battleId + ":b", modelB, null, null)
                : builder.response(modelA, a.saidBy("assistant")).response(modelB, b.saidBy("assistant"));
    }

    private static String battleId(JsonPlace battle) throws JsonRefusal {
        for (String name : List.of("question_id", "id")) {
            if (battle.at(name).present()) {
                return battle.at(name).id();
            }
        }
        return ContentId.of(String.valueOf(battle.value())); // the cleaned files of 2023 have no id
    }

    private static @Nullable String voter(JsonPlace battle, @Nullable String session) throws JsonRefusal {
        String judge = battle.at("judge").optionalId();
        return judge != null ? judge : session == null ? null : "session:" + session;
    }
}
