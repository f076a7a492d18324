package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;

/** Pairs of replies to a post, as in SHP: {@code history, human_ref_A, human_ref_B, labels}, where 1 says that A is preferred. */
final class ShpPosts implements Items {
    private static final String SOURCE = "shp";
    static final Format FORMAT =
            Format.of(SOURCE, Format.has("history", "human_ref_A", "human_ref_B", "labels"), new ShpPosts());

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        String post = row.at("history").text();
        String first = row.at("human_ref_A").text();
        String second = row.at("human_ref_B").text();
        boolean firstPreferred = row.at("labels").whole(0, 1) == 1;
        return List.of(
                new JudgmentBuilder(SOURCE, SOURCE + ":" + ContentId.of(post, first, second), ContentId.of(post))
                        .response(null, first)
                        .response(null, second)
                        .contextOf(row, "score_ratio")
                        .ranked(firstPreferred ? Ranks.FIRST : Ranks.SECOND));
    }
}
