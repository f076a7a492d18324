package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;

/**
 * Preference rows of TRL and the Hub: {@code prompt?, chosen, rejected}, strings or messages, and {@code margin?}. They name
 * no annotator, so each judgment is its own cluster; two rows of the same content are one judgment.
 */
final class TrlRows implements Items {
    private static final String SOURCE = "trl";
    static final Format FORMAT = Format.of(SOURCE, Format.has("chosen", "rejected"), new TrlRows());

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        PromptAndPair pair = PromptAndPair.of(row.at("prompt"), row.at("chosen"), row.at("rejected"));
        String promptId = ContentId.of(pair.prompt());
        String judgmentId = SOURCE + ":" + ContentId.of(pair.prompt(), pair.first(), pair.second());
        return List.of(new JudgmentBuilder(SOURCE, judgmentId, promptId)
                .response(null, pair.first())
                .response(null, pair.second())
                .contextOf(row, "margin")
                .ranked(Ranks.FIRST));
    }
}
