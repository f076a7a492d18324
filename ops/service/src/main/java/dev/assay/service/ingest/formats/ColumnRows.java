package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.Cells;
import dev.assay.service.ingest.table.Column;
import dev.assay.service.ingest.table.ColumnRanking;
import dev.assay.service.ingest.table.ColumnTexts;
import dev.assay.service.ingest.table.ContentId;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.service.ingest.table.PromptAndPair;
import dev.assay.service.ingest.table.WinnerWords;
import dev.assay.service.ingest.table.WinnerWords.Side;
import dev.assay.service.ingest.table.WinnerWords.Winner;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads rows whose columns somebody named: those who bring a file, or we for the shapes that we know. */
final class ColumnRows implements Items {
    private final Columns columns;
    private final String prefix;
    private final String source;
    private final boolean items;
    private final ColumnTexts texts;
    private final Map<String, Column> context = new LinkedHashMap<>();

    /** Whoever named columns hears where they are empty; of a shape's, many may be missing. */
    private final Map<String, Column> expected = new LinkedHashMap<>();

    private final Set<String> used = new HashSet<>();
    private final @Nullable WinnerWords winner;
    private final @Nullable WinnerWords shown;

    /** Of the row before: most rows of a file have the same ones. */
    private List<String> names = List.of();

    private String passedOver = "";

    /**
     * @param prefix of judgments' ids
     * @param source of judgments
     * @param known columns that need no word though they are not read
     * @throws IllegalArgumentException if the values of a column make no sense
     */
    ColumnRows(Columns columns, String prefix, String source, Set<String> known) {
        this.columns = columns;
        this.prefix = prefix;
        this.source = source;
        texts = new ColumnTexts(columns.byRole());
        items = items(columns);
        used.addAll(used(columns));
        used.addAll(known);
        columns.byRole().forEach((role, column) -> {
            if (role.startsWith(Columns.CONTEXT)) {
                context.put(role.substring(Columns.CONTEXT.length()), column);
            }
            if (prefix.equals(Columns.NAME) && !ColumnTexts.SETTINGS.contains(role)) {
                expected.put(role, column);
            }
        });
        try {
            winner = words(columns.of("winner"));
            shown = words(columns.of("shown-first"));
        } catch (JsonRefusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @return the names of all columns, and of what they are in */
    static Set<String> used(Columns columns) {
        Set<String> used = new HashSet<>();
        for (Column column : columns.byRole().values()) {
            for (String path : column.names()) {
                used.add(path);
                for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                    used.add(path.substring(0, dot));
                }
            }
        }
        return used;
    }

    private @Nullable WinnerWords words(@Nullable Column column) throws JsonRefusal {
        Column first = columns.of("first", "left");
        Column second = columns.of("second", "right");
        return column == null || first == null || second == null
                ? null
                : new WinnerWords(column.said(), column.values(), name(first), name(second));
    }

    private static String name(Column column) {
        return column.literal() != null
                ? column.literal()
                : column.parts().get(0).get(0);
    }

    /** Where the cells are the policies too, they are no texts but the names of what was compared. */
    private static boolean items(Columns columns) {
        Column first = columns.has("chosen") ? columns.of("chosen") : columns.of("first", "left");
        Column policy = columns.of(columns.has("chosen") ? "policy-chosen" : "policy-first");
        return first != null && policy != null && first.parts().equals(policy.parts());
    }

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        Column skipped = columns.of("skipped");
        if (skipped != null && ColumnTexts.yes(skipped.place(row))) {
            return List.of(new Intake.Ignored("a skipped row is without effect"));
        }
        if (columns.has("responses") || columns.has("ranking")) {
            return List.of(ranked(row));
        }
        Column said = columns.of("winner");
        if (said != null && KnownNames.empty(said.place(row)) && !tie(row)) {
            return List.of(new Intake.Ignored("a row without a winner is without effect"));
        }
        return List.of(pair(row));
    }

    private boolean tie(JsonPlace row) throws JsonRefusal {
        Column tie = columns.of("tie");
        return tie != null && ColumnTexts.yes(tie.place(row));
    }

    private Intake pair(JsonPlace row) throws JsonRefusal {
        boolean ordered = columns.has("chosen");
        Column one = ordered ? columns.of("chosen") : columns.of("first", "left");
        Column other = ordered ? columns.of("rejected") : columns.of("second", "right");
        if (one == null || other == null) {
            throw new IllegalStateException("columns were checked");
        }
        List<String> asked = columns.has("prompt") ? List.of() : KnownNames.asked(row, used);
        Column prompt = columns.of("prompt");
        PromptAndPair pair = PromptAndPair.of(
                row,
                asked,
                prompt == null ? KnownNames.text(row, asked) : texts.joined(prompt, row),
                texts.conversation(one.place(row)),
                texts.conversation(other.place(row)));
        Side first = side(row, pair.first(), ordered ? "chosen" : "first");
        Side second = side(row, pair.second(), ordered ? "rejected" : "second");
        Winner won = ordered ? tie(row) ? Winner.TIE : Winner.FIRST : won(row, first, second);
        if (won == Winner.NOBODY) {
            return new Intake.Ignored("a row that says neither, bad or skipped is without effect");
        }
        boolean survey = items && pair.asked() == null;
        String promptId = survey ? ContentId.of(source, "items") : pair.promptId();
        List<Integer> ranking = won == Winner.FIRST ? Ranks.FIRST : won == Winner.SECOND ? Ranks.SECOND : Ranks.TIE;
        JudgmentBuilder builder = begun(row, promptId, List.of(pair.key(), pair.first(), pair.second()), ranking)
                .asked(pair.asked())
                .response(first.policy(), pair.first())
                .response(second.policy(), pair.second())
                .shownFirst(shownFirst(row, first, second));
        if (pair.remark() != null && !survey) {
            builder.remark(pair.remark());
        }
        return finished(row, builder, asked).ranked(ranking);
    }

    private Side side(JsonPlace row, String text, String which) throws JsonRefusal {
        return new Side(text, id(row, "id-" + which), id(row, "policy-" + which));
    }

    private @Nullable String id(JsonPlace row, String role) throws JsonRefusal {
        Column column = columns.of(role);
        return column == null ? null : Cells.id(column.place(row));
    }

    private Winner won(JsonPlace row, Side first, Side second) throws JsonRefusal {
        if (tie(row)) {
            return Winner.TIE;
        }
        Column said = columns.of("winner");
        if (said != null && winner != null) {
            return winner.read(said.place(row), first, second);
        }
        if (columns.has("score-first")) {
            return WinnerWords.compared(texts.number("score-first", row), texts.number("score-second", row));
        }
        boolean a = texts.yes("wins-first", row);
        boolean b = texts.yes("wins-second", row);
        if (a && b) {
            throw new JsonRefusal(
                    "one at most of " + said("wins-first") + " and " + said("wins-second") + " must be set, both are");
        }
        return a ? Winner.FIRST : b ? Winner.SECOND : Winner.NOBODY;
    }

    private String said(String role) {
        Column column = columns.of(role);
        return column == null ? role : column.said();
    }

    private @Nullable Integer shownFirst(JsonPlace row, Side first, Side second) throws JsonRefusal {
        Column column = columns.of("shown-first");
        if (column == null || shown == null) {
            return columns.has("left") ? 0 : null;
        }
        return switch (shown.read(column.place(row), first, second)) {
            case FIRST -> 0;
            case SECOND -> 1;
            default -> null;
        };
    }

    private Intake ranked(JsonPlace row) throws JsonRefusal {
        List<String> asked = columns.has("prompt") ? List.of() : KnownNames.asked(row, used);
        Column prompt = columns.of("prompt");
        String given = prompt == null ? KnownNames.text(row, asked) : texts.joined(prompt, row);
        ColumnRanking ranking = ColumnRanking.of(columns.byRole(), texts, row, Neutral.MOST_RESPONSES);
        List<String> own = ranking.texts();
        String promptId = given != null ? ContentId.of(given) : ContentId.of(own.toArray(new String[0]));
        List<String> content = new ArrayList<>(own);
        content.add(0, given == null ? "" : given);
        JudgmentBuilder builder = begun(row, promptId, content, ranking.ranks()).asked(given);
        for (int i = 0; i < own.size(); i++) {
            builder.response(
                    ranking.policies().isEmpty() ? null : ranking.policies().get(i), own.get(i));
        }
        if (given == null) {
            builder.remark(KnownNames.noPrompt(row));
        }
        return finished(row, builder, asked).ranked(ranking.ranks());
    }

    /** Where a row names its id, what it says may be changed under it; without one, what it says is part of it. */
    private JudgmentBuilder begun(JsonPlace row, String promptId, List<String> compared, List<Integer> ranking)
            throws JsonRefusal {
        Column timed = columns.of("time");
        Instant time = null;
        String untimely = null;
        try {
            time = timed == null ? null : Cells.time(timed.place(row));
        } catch (JsonRefusal e) {
            if (prefix.equals(Columns.NAME)) {
                throw e;
            }
            untimely = "has a " + timed.place(row).path() + " that is no instant in ISO 8601, and is not read";
        }
        String annotator = id(row, "annotator");
        String session = id(row, "session");
        String id = id(row, "id");
        List<String> content = new ArrayList<>(compared);
        if (annotator != null) {
            content.add(annotator);
        }
        if (id == null) {
            content.add(ranking + " " + time + " " + session);
        }
        String hash = ContentId.of(content.toArray(new String[0]));
        Column weight = columns.of("weight");
        JudgmentBuilder builder = new JudgmentBuilder(
                        source, prefix + ":" + (id == null ? "" : id + ":") + hash, promptId)
                .by(annotator)
                .at(time)
                .inSession(session);
        if (untimely != null) {
            builder.remark(untimely);
        }
        return weight == null || !weight.place(row).present() ? builder : builder.weighing(texts.number("weight", row));
    }

    private JudgmentBuilder finished(JsonPlace row, JudgmentBuilder builder, List<String> asked) throws JsonRefusal {
        for (Map.Entry<String, Column> each : context.entrySet()) {
            JsonPlace place = each.getValue().place(row);
            if (place.present()) {
                builder.context(each.getKey(), texts.value(place));
            }
        }
        for (Map.Entry<String, Column> each : expected.entrySet()) {
            if (!each.getValue().there(row)) {
                builder.remark("has nothing in column " + each.getValue().said() + " (" + each.getKey() + ")");
            }
        }
        List<String> present = row.names();
        if (!present.equals(names)) {
            Set<String> rest = new TreeSet<>(present);
            rest.removeAll(used);
            rest.removeAll(asked);
            rest.removeIf(name -> KnownNames.empty(row.at(name)));
            names = present;
            passedOver = rest.isEmpty() ? "" : KnownNames.notRead(rest);
        }
        return passedOver.isEmpty() ? builder : builder.remark(passedOver);
    }
}
