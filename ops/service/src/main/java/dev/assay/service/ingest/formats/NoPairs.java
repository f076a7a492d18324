package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.List;
import java.util.Set;

/**
 * Rows that say of one response how good it is, or nothing at all: there is nothing to compare. They are known so that who
 * brings them hears what could be done.
 */
final class NoPairs implements Items {
    static final Format FORMAT = Format.of("no-pairs", NoPairs::recognises, new NoPairs());

    private static final List<String> RESPONSES = List.of("completion", "response", "output", "answer", "text");
    private static final List<String> RATINGS =
            List.of("label", "rating", "thumbs", "thumb", "feedback", "score", "like", "liked", "helpfulness", "rank");

    private static boolean recognises(JsonNode item) {
        boolean one = RESPONSES.stream().filter(item::has).count() == 1;
        boolean asked = KnownNames.ASKED.stream().anyMatch(item::has) || item.has(KnownNames.PROMPT);
        return (talk(item) || (one && (asked || RATINGS.stream().anyMatch(item::has))))
                && Guess.of(List.of(item)).columns().isEmpty();
    }

    private static boolean talk(JsonNode item) {
        return item.path("conversations").isArray() || item.path("messages").isArray();
    }

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        Set<String> names = Set.copyOf(row.names());
        String rating = RATINGS.stream().filter(names::contains).findFirst().orElse(null);
        return List.of(new Intake.NotUnderstood(
                rating == null
                        ? "no pairs here: a row has one response, and nobody says what it is better than; a row must"
                                + " have two, as chosen and rejected, or as first, second and winner"
                        : "no pairs here: a row rates one response (" + rating + "); two of one prompt whose " + rating
                                + " differs make a pair: put them into one row, as chosen and rejected"));
    }
}
