package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.StrictJson;
import dev.assay.streams.model.JudgedResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that {@code assay convert} has written: {@code prompt, chosen, rejected}, as trainers read them, and beside them all
 * else there is to say of a judgment, so that what is read is the judgment it was made of. One of K responses is K − 1 rows
 * that follow one another: the best before each of the others. The column {@value #TELLING} says that it is such a row:
 * {@value #MEMBERS} where numbers are numbers, {@value #CELLS} where all is text and an empty cell is none, unless the
 * column {@code empty} names its column.
 */
public final class Converted implements Items {
    /** The column that tells such rows from all others. */
    public static final String TELLING = "assay";

    /** Its value in rows of JSON. */
    public static final String MEMBERS = "json";

    /** Its value in tables of text. */
    public static final String CELLS = "csv";

    static final Format FORMAT =
            new Format("converted", Converted::recognises, (settings, source) -> new Converted(), false);

    private @Nullable Open open;

    /** By members that every row has: of a table only cells that are not empty are there. */
    private static boolean recognises(JsonNode item) {
        String telling = item.path(TELLING).asText();
        return (telling.equals(MEMBERS) || telling.equals(CELLS)) && item.has("chosen_index");
    }

    @Override
    public List<Intake> read(JsonPlace item) throws JsonRefusal {
        Row row = new Row(item);
        Open first = new Open(row);
        List<Intake> asked = new ArrayList<>();
        if (open == null || !open.identity().equals(first.identity())) {
            asked.addAll(end());
            open = first;
        }
        try {
            open.take(row);
        } catch (JsonRefusal e) {
            open = open.begun() ? open : null;
            asked.add(Intake.NotUnderstood.because(e));
            return asked;
        }
        if (open.complete()) {
            asked.add(open.judged());
            open = null;
        }
        return asked;
    }

    @Override
    public List<Intake> end() {
        Open last = open;
        open = null;
        return last == null ? List.of() : List.of(last.incomplete());
    }

    /** One row, a cell of which may be a text that holds JSON. */
    private static final class Row {
        private final JsonPlace item;
        private final boolean cells;
        private final Set<String> empty;

        Row(JsonPlace item) throws JsonRefusal {
            this.item = item;
            JsonPlace telling = item.at(TELLING);
            cells = telling.text().equals(CELLS);
            if (!cells && !telling.text().equals(MEMBERS)) {
                throw telling.must("be " + MEMBERS + " or " + CELLS);
            }
            JsonPlace named = item.at("empty");
            empty = named.present() ? Set.copyOf(Arrays.asList(named.text().split(" "))) : Set.of();
        }

        /** @return a text, or nothing */
        JsonPlace at(String column) {
            JsonPlace there = item.at(column);
            boolean blank = there.value() == null
                    || (there.value().isTextual() && there.value().textValue().isEmpty());
            if (!cells || !blank) {
                return there;
            }
            return new JsonPlace(there.path(), empty.contains(column) ? TextNode.valueOf("") : null);
        }

        /** What reads a table may have made a number of a cell. */
        @Nullable
        String text(String column) throws JsonRefusal {
            JsonPlace there = at(column);
            return cells && there.value() != null && there.value().isValueNode()
                    ? there.value().asText()
                    : there.optionalText();
        }

        String required(String column) throws JsonRefusal {
            String text = text(column);
            if (text == null) {
                throw at(column).must("be a string");
            }
            return text;
        }

        /** @return a number, a list or the like, perhaps written out in a cell */
        JsonPlace json(String column) throws JsonRefusal {
            JsonPlace there = at(column);
            if (there.value() == null || !there.value().isTextual()) {
                return there;
            }
            try {
                JsonNode written =
                        StrictJson.tree(there.text().getBytes(StandardCharsets.UTF_8), JsonErrors.OF_A_PAYLOAD);
                return new JsonPlace(there.path(), written.isNull() || written.isMissingNode() ? null : written);
            } catch (JsonRefusal e) {
                throw there.must("be JSON");
            }
        }

        List<Integer> ranking() throws JsonRefusal {
            JsonPlace given = json("ranking");
            if (!given.present()) {
                return json("tie").flag() ? Ranks.TIE : index("chosen", 2) == 0 ? Ranks.FIRST : Ranks.SECOND;
            }
            List<Integer> ranks = new ArrayList<>();
            for (JsonPlace rank : given.list()) {
                ranks.add(rank.whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
            }
            return ranks;
        }

        int index(String which, int count) throws JsonRefusal {
            return json(which + "_index").whole(0, count - 1);
        }

        JudgedResponse response(String which) throws JsonRefusal {
            return new JudgedResponse(
                    required(which + "_id"),
                    text(which + "_policy"),
                    text(which),
                    json(which + "_features").optionalVector());
        }
    }

    /** A judgment of which not all rows may have come. */
    private static final class Open {
        private final JudgmentBuilder builder;
        private final List<Integer> ranking;
        private final @Nullable JudgedResponse[] responses;
        private final List<Object> identity;

        Open(Row row) throws JsonRefusal {
            ranking = row.ranking();
            responses = new JudgedResponse[ranking.size()];
            String source = row.required("source");
            String judgmentId = row.required("judgment_id");
            String annotator = row.text("annotator_id");
            identity = Arrays.asList(source, judgmentId, annotator, ranking);
            JsonPlace weight = row.json("weight");
            builder = new JudgmentBuilder(source, judgmentId, row.required("prompt_id"))
                    .by(annotator)
                    .asked(row.text("prompt"))
                    .weighing(weight.present() ? weight.number() : 1)
                    .featuresOf(row.text("feature_space"))
                    .at(row.at("judged_at").optionalTime())
                    .inSession(row.text("session"));
            JsonPlace shown = row.json("shown_first");
            builder.shownFirst(shown.present() ? shown.whole(0, ranking.size() - 1) : null);
            JsonPlace context = row.json("context");
            if (context.present()) {
                builder.contextOf(context, context.names());
            }
        }

        List<Object> identity() {
            return identity;
        }

        void take(Row row) throws JsonRefusal {
            int chosen = row.index("chosen", responses.length);
            int rejected = row.index("rejected", responses.length);
            boolean tie = ranking.get(chosen).equals(ranking.get(rejected));
            if (chosen == rejected || ranking.get(chosen) > ranking.get(rejected)) {
                throw row.json("chosen_index").must("be that of a response ranked no lower than the rejected one");
            }
            if (tie != row.json("tie").flag()) {
                throw row.json("tie").must("be as the ranking says, " + tie);
            }
            put(chosen, row.response("chosen"));
            put(rejected, row.response("rejected"));
        }

        private void put(int index, JudgedResponse response) throws JsonRefusal {
            JudgedResponse before = responses[index];
            if (before != null
                    && !(before.responseId().equals(response.responseId())
                            && Objects.equals(before.text(), response.text()))) {
                throw new JsonRefusal("response " + index + " of judgment " + identity.get(1)
                        + " must be the same in all its rows, is not");
            }
            responses[index] = response;
        }

        boolean begun() {
            return Arrays.stream(responses).anyMatch(Objects::nonNull);
        }

        boolean complete() {
            return Arrays.stream(responses).allMatch(Objects::nonNull);
        }

        Intake judged() {
            for (JudgedResponse response : responses) {
                builder.response(Objects.requireNonNull(response));
            }
            return builder.ranked(ranking);
        }

        Intake incomplete() {
            long there = Arrays.stream(responses).filter(Objects::nonNull).count();
            return new Intake.NotUnderstood("judgment " + identity.get(1) + " must have a row for each response but the"
                    + " best, one after another; of " + responses.length + " responses " + there + " have come");
        }
    }
}
