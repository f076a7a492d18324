package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.PromptAndPair;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;

/**
 * UltraFeedback, binarized: rows as in {@link TrlRows} with {@code prompt_id} and the scores of both. Where the scores are
 * equal somebody had to choose one; that is a tie.
 */
final class UltraFeedback implements Items {
    private static final String SOURCE = "ultrafeedback";
    static final Format FORMAT =
            Format.of(SOURCE, Format.has("chosen", "rejected", "score_chosen", "prompt_id"), new UltraFeedback());

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        PromptAndPair pair = PromptAndPair.of(row, row.at("chosen"), row.at("rejected"));
        String promptId = row.at("prompt_id").id();
        double chosen = row.at("score_chosen").number();
        double rejected = row.at("score_rejected").number();
        String judgmentId = SOURCE + ":" + ContentId.of(promptId, pair.first(), pair.second());
        return List.of(JudgmentBuilder.of(pair, SOURCE, judgmentId, promptId)
                .response(null, pair.first())
                .response(null, pair.second())
                .context("margin", chosen - rejected)
                .ranked(chosen == rejected ? Ranks.TIE : Ranks.FIRST));
    }
}
