package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.table.Cells;
import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.service.ingest.table.PromptAndPair;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Preference rows of TRL and the Hub: {@code prompt?, chosen, rejected}, strings or messages, and {@code margin?}. Few name
 * their annotator; without one each judgment is its own cluster, and two rows of the same content are one judgment. Where the
 * scores of both are equal, or a status says tie, somebody had to choose one; that is a tie.
 */
final class TrlRows implements Items {
    private static final String SOURCE = "trl";
    static final Format FORMAT = Format.of(SOURCE, Format.has("chosen", "rejected"), new TrlRows());

    private static final List<List<String>> SCORES = List.of(
            List.of("score_chosen", "score_rejected"),
            List.of("chosen_score", "rejected_score"),
            List.of("chosen-rating", "rejected-rating"),
            List.of("chosen_rating", "rejected_rating"),
            List.of("rating_chosen", "rating_rejected"));
    private static final Set<String> TIES = Set.of("tie", "tied", "draw", "equal");

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        PromptAndPair pair = PromptAndPair.of(row, row.at("chosen"), row.at("rejected"));
        Set<String> rest = new TreeSet<>(row.names());
        rest.removeAll(List.of(KnownNames.PROMPT, "chosen", "rejected", "margin"));
        rest.removeAll(pair.names());
        rest.removeIf(name -> KnownNames.empty(row.at(name)));
        String named = KnownNames.annotator(row);
        String annotator = named == null ? null : Cells.id(row.at(named));
        if (named != null) {
            rest.remove(named);
        }
        String content = annotator == null
                ? ContentId.of(pair.key(), pair.first(), pair.second())
                : ContentId.of(pair.key(), pair.first(), pair.second(), annotator);
        JudgmentBuilder builder = JudgmentBuilder.of(pair, SOURCE, SOURCE + ":" + content, pair.promptId())
                .by(annotator)
                .response(null, pair.first())
                .response(null, pair.second())
                .contextOf(row, "margin");
        boolean tie = tie(row, builder, rest);
        if (!rest.isEmpty()) {
            builder.remark(KnownNames.notRead(rest));
        }
        return List.of(builder.ranked(tie ? Ranks.TIE : Ranks.FIRST));
    }

    private static boolean tie(JsonPlace row, JudgmentBuilder builder, Set<String> rest) {
        boolean tie = false;
        for (List<String> pair : SCORES) {
            OptionalDouble chosen = Cells.number(row.at(pair.get(0)).value(), false);
            OptionalDouble rejected = Cells.number(row.at(pair.get(1)).value(), false);
            if (chosen.isPresent() && rejected.isPresent()) {
                rest.removeAll(pair);
                tie |= chosen.getAsDouble() == rejected.getAsDouble();
                if (chosen.getAsDouble() < rejected.getAsDouble()) {
                    builder.remark(
                            "has a lower score for what was chosen (" + String.join(", ", pair) + "): read as chosen");
                }
            }
        }
        JsonNode status = row.at("status").value();
        if (status != null && status.isTextual()) {
            rest.remove("status");
            tie |= TIES.contains(KnownNames.plain(status.asText()));
        }
        OptionalDouble margin = Cells.number(row.at("margin").value(), false);
        if (!tie && margin.isPresent() && margin.getAsDouble() == 0) {
            builder.remark("has the margin 0: read as chosen, not as a tie");
        }
        return tie;
    }
}
