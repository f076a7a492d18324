package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.Conversation;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;

/**
 * HelpSteer3's preferences: {@code overall_preference} from −3 to 3, below 0 if the first response is better. It is the mean
 * of several unnamed people, so each row is its own cluster.
 */
final class HelpSteer3 implements Items {
    private static final String SOURCE = "helpsteer3";
    static final Format FORMAT = Format.of(SOURCE, Format.has("overall_preference", "response1"), new HelpSteer3());

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        JsonPlace preference = row.at("overall_preference");
        double towardsSecond = preference.number();
        if (Math.abs(towardsSecond) > 3) {
            throw preference.must("be -3 to 3");
        }
        String prompt = Conversation.at(row.at("context")).text();
        String first = row.at("response1").text();
        String second = row.at("response2").text();
        return List.of(
                new JudgmentBuilder(SOURCE, SOURCE + ":" + ContentId.of(prompt, first, second), ContentId.of(prompt))
                        .asked(prompt)
                        .firstShownFirst()
                        .response(null, first)
                        .response(null, second)
                        .contextOf(row, "domain", "language")
                        .context("strength", Math.abs(towardsSecond))
                        .ranked(towardsSecond < 0 ? Ranks.FIRST : towardsSecond > 0 ? Ranks.SECOND : Ranks.TIE));
    }
}
