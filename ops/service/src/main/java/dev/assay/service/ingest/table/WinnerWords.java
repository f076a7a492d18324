package dev.assay.service.ingest.table;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the cell of a winner says: as its column was said to write it, else in the words that people use. */
public final class WinnerWords {
    /** Who won; {@link #NOBODY}: the row has no effect. */
    public enum Winner {
        FIRST,
        SECOND,
        TIE,
        NOBODY
    }

    private static final String ITEM = "item";
    private static final String SCORE = "score";
    private static final Pattern POSITION =
            Pattern.compile("(?:(?:model|response|candidate|output|option|answer|completion"
                    + "|text|item|choice|assistant|player|story|essay)_?)?"
                    + "(?:(a|1|first|left|one)|(b|2|second|right|two))");
    private static final Set<String> TIES =
            Set.of("tie", "tied", "draw", "drawn", "equal", "same", "both", "both_good", "tie_(inconsistent)");
    private static final Set<String> NOBODIES =
            Set.of("skip", "skipped", "both_bad", "bad", "neither", "tie_(bothbad)", "null", "none", "nan", "n/a", "");
    private static final Pattern SCALE = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\.\\.(-?\\d+(?:\\.\\d+)?)");
    private static final Pattern RESULT = Pattern.compile("([\\d½./]+)\\s*[-:–]\\s*([\\d½./]+)");

    private final String column;
    private final List<String> names;
    private final Map<Winner, List<String>> words = new EnumMap<>(Winner.class);
    private final boolean byItem;
    private final boolean byScore;
    private final double @Nullable [] scale;

    /** A 0 was there, so that a 1 is no longer clear. */
    private boolean zero;

    /**
     * @param column of the winner
     * @param values what stands between its brackets; empty: nothing is said
     * @param first the column of the first response
     * @param second the column of the second response
     */
    public WinnerWords(String column, List<String> values, String first, String second) throws JsonRefusal {
        this.column = column;
        byItem = values.equals(List.of(ITEM));
        byScore = values.equals(List.of(SCORE));
        names = distinguishing(first, second);
        double[] ends = null;
        if (!byItem && !byScore) {
            for (int i = 0; i < values.size(); i++) {
                Matcher range = SCALE.matcher(values.get(i));
                if (i == 0 && range.matches()) {
                    ends = new double[] {Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2))};
                } else {
                    add(values.get(i), ends == null ? i : -1);
                }
            }
        }
        scale = ends;
        if (ends == null
                && !values.isEmpty()
                && !byItem
                && !byScore
                && (!words.containsKey(Winner.FIRST) || !words.containsKey(Winner.SECOND))) {
            throw new JsonRefusal(Shown.of(column)
                    + " must say which values are the first and the second, such as [left|right|tie|bad]"
                    + " or [a=left/l|b=right|tie=same|bad=skip], was " + Shown.of(values));
        }
        if (ends != null && ends[0] == ends[1]) {
            throw new JsonRefusal(Shown.of(column) + " must have a scale with two ends, was " + Shown.of(values));
        }
    }

    /** @param position from 0; −1: it must be named */
    private void add(String value, int position) throws JsonRefusal {
        int equals = value.startsWith("\"") ? -1 : value.indexOf('=');
        Winner winner = equals > 0
                ? switch (KnownNames.plain(value.substring(0, equals))) {
                    case "a", "first", "1" -> Winner.FIRST;
                    case "b", "second", "2" -> Winner.SECOND;
                    case "tie" -> Winner.TIE;
                    case "bad" -> Winner.NOBODY;
                    default -> null;
                }
                : position >= 0 && position < Winner.values().length ? Winner.values()[position] : null;
        if (winner == null) {
            throw new JsonRefusal(
                    Shown.of(column) + " must have at most 4 values, first|second|tie|bad, or name them a=, b=,"
                            + " tie=, bad=, was " + Shown.of(value));
        }
        for (String word : ColumnsText.words(value.substring(equals + 1))) {
            words.computeIfAbsent(winner, unseen -> new ArrayList<>()).add(KnownNames.plain(word));
        }
    }

    /** @return the parts in which two names differ, then the names themselves; those of the first at even places */
    private static List<String> distinguishing(String first, String second) {
        List<String> one = parts(first);
        List<String> other = parts(second);
        while (one.size() > 1 && other.size() > 1 && one.get(0).equals(other.get(0))) {
            one.remove(0);
            other.remove(0);
        }
        while (one.size() > 1 && other.size() > 1 && one.get(one.size() - 1).equals(other.get(other.size() - 1))) {
            one.remove(one.size() - 1);
            other.remove(other.size() - 1);
        }
        return List.of(
                String.join("_", one), String.join("_", other), KnownNames.plain(first), KnownNames.plain(second));
    }

    private static List<String> parts(String name) {
        return new ArrayList<>(
                List.of(KnownNames.plain(name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z]{2})(?=[0-9])", "_"))
                        .split("_")));
    }

    /** One of the two, by all its names. */
    public record Side(
            String text, @Nullable String id, @Nullable String policy) {
        boolean called(String said) {
            return said.equals(text.strip()) || said.equals(id) || said.equals(policy);
        }
    }

    public Winner read(JsonPlace cell, Side first, Side second) throws JsonRefusal {
        if (KnownNames.empty(cell)) {
            return Winner.NOBODY;
        }
        String raw = Cells.word(cell).strip();
        OptionalDouble number = Cells.number(cell.value(), false);
        boolean whole = number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble());
        String said = KnownNames.plain(whole ? String.format(Locale.ROOT, "%.0f", number.getAsDouble()) : raw);
        for (Map.Entry<Winner, List<String>> each : words.entrySet()) {
            if (each.getValue().contains(said)) {
                return each.getKey();
            }
        }
        if (scale != null) {
            return onScale(cell, scale);
        }
        if (byScore) {
            return byResult(cell, raw);
        }
        if (!words.isEmpty()) {
            throw cell.must("be one of " + words + (said.equals("0") || said.equals("1") ? way(cell) : ""));
        }
        Winner item = first.called(raw) == second.called(raw) ? null : first.called(raw) ? Winner.FIRST : Winner.SECOND;
        zero |= !byItem && said.equals("0") && item == null && !names.contains("0");
        if (zero && item == null && (said.equals("0") || said.equals("1"))) {
            throw cell.must("be 1 or 2" + way(cell) + ", and a 1 before the first 0 was read as the first");
        }
        Winner word = byItem && said.matches("\\d+") ? null : word(said);
        if (item != null && word != null && item != word && !byItem) {
            throw cell.must("be one thing: it is the " + (item == Winner.FIRST ? "first" : "second")
                    + " response itself and a word for something else; write " + cell.path()
                    + "[item], or its values as in [1|2]");
        }
        if (item != null) {
            return item;
        }
        if (word != null) {
            return word;
        }
        if (byItem) {
            throw cell.must("be the text, id or policy of one of the two");
        }
        throw cell.must("say a, b, tie or bad, or be the text, id or policy of one of the two; write which value means"
                + " what: " + cell.path() + "[left|right|tie|bad], or of a scale [1..7]");
    }

    private static String way(JsonPlace cell) {
        return " (of 0 and 1 nobody knows which is the first: write " + cell.path() + "[0|1] or [1|0])";
    }

    /** @return whether everybody knows what it says of the first and the second one */
    public static boolean everyday(String value) {
        String said = KnownNames.plain(value);
        return POSITION.matcher(said).matches() || TIES.contains(said) || NOBODIES.contains(said);
    }

    private @Nullable Winner word(String said) {
        int name = names.indexOf(said);
        if (name >= 0) {
            return name % 2 == 0 ? Winner.FIRST : Winner.SECOND;
        }
        Matcher position = POSITION.matcher(said);
        if (position.matches()) {
            return position.group(1) != null ? Winner.FIRST : Winner.SECOND;
        }
        return TIES.contains(said) ? Winner.TIE : NOBODIES.contains(said) ? Winner.NOBODY : null;
    }

    private static Winner onScale(JsonPlace cell, double[] ends) throws JsonRefusal {
        OptionalDouble number = Cells.number(cell.value(), false);
        double low = Math.min(ends[0], ends[1]);
        double high = Math.max(ends[0], ends[1]);
        if (number.isEmpty() || number.getAsDouble() < low || number.getAsDouble() > high) {
            throw cell.must("be a number from " + low + " to " + high);
        }
        double fromMiddle = (number.getAsDouble() - (low + high) / 2) * (ends[0] < ends[1] ? 1 : -1);
        return compared(-fromMiddle, 0);
    }

    private static Winner byResult(JsonPlace cell, String raw) throws JsonRefusal {
        Matcher result = RESULT.matcher(raw.replace("1/2", "½"));
        if (result.matches()) {
            double first = points(result.group(1));
            double second = points(result.group(2));
            if (!Double.isNaN(first) && !Double.isNaN(second)) {
                return compared(first, second);
            }
        }
        throw cell.must("be a result such as 1-0, 1/2-1/2 or 3:1");
    }

    private static double points(String said) {
        String points = said.replace("½", ".5");
        return points.matches("\\d{0,9}(?:\\.\\d{1,9})?") && !points.isEmpty()
                ? Double.parseDouble(points)
                : Double.NaN;
    }

    /** @return who has more */
    public static Winner compared(double first, double second) {
        return first > second ? Winner.FIRST : first < second ? Winner.SECOND : Winner.TIE;
    }
}
