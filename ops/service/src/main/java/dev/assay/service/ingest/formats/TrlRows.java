package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Preference rows of TRL and the Hub: {@code prompt?, chosen, rejected}, strings or messages, and {@code margin?}. They name
 * no annotator, so each judgment is its own cluster; two rows of the same content are one judgment.
 */
final class TrlRows implements Items {
    static final String SOURCE = "trl";

    @Override
    public List<Intake> read(JsonNode item) {
        return Items.attempt(item, row -> {
            PromptAndPair pair = PromptAndPair.of(row.at("prompt"), row.at("chosen"), row.at("rejected"));
            String promptId = ContentId.of(pair.prompt());
            String judgmentId = SOURCE + ":" + ContentId.of(pair.prompt(), pair.first(), pair.second());
            return List.of(new Draft(SOURCE, judgmentId, promptId)
                    .response(null, pair.first())
                    .response(null, pair.second())
                    .contextOf(row, "margin")
                    .ranked(Ranks.FIRST));
        });
    }
}
