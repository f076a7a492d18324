package dev.assay.service.ingest.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Guesses which column says who won of two others, and what its values mean.
 *
 * @param cells of all columns
 * @param first column of the first response
 * @param second column of the second response
 */
public record GuessedWinner(GuessedCells cells, String first, String second) {
    private static final Set<String> NAMES = Set.of(
            "winner",
            "win",
            "wins",
            "won",
            "better",
            "best",
            "pref",
            "preference",
            "preferred",
            "prefers",
            "label",
            "labels",
            "choice",
            "chosen",
            "vote",
            "verdict",
            "judgment",
            "judgement",
            "result",
            "selected",
            "decision",
            "outcome",
            "pick",
            "picked",
            "gewählt",
            "gewinner",
            "sieger");
    private static final Set<String> TIES = Set.of("tie", "draw", "equal", "same", "tied", "equally", "both");
    private static final Set<String> NOBODY = Set.of("bad", "skip", "skipped", "neither", "none");
    private static final int MOST_VALUES = 12;
    private static final int WIDEST_SCALE = 10;

    /** @return the column with its values between brackets, where they are not clear without; null: none looks like it */
    @Nullable
    public String column(Set<String> others) {
        String best = null;
        int most = 0;
        for (String name : cells.names()) {
            int points = others.contains(name) ? 0 : points(name);
            if (points > most) {
                most = points;
                best = name;
            }
        }
        return best;
    }

    private int points(String name) {
        Set<String> said = cells.said(name);
        boolean item = cells.amongThem(name, first, second);
        if (!item && (said.isEmpty() || said.size() > MOST_VALUES)) {
            return 0;
        }
        boolean sides = said.stream().allMatch(each -> meant(each) != null || WinnerWords.everyday(each));
        boolean named = GuessedCells.words(name).stream().anyMatch(NAMES::contains);
        if (named) {
            return item || sides ? 4 : GuessedCells.numbers(said) ? 3 : 2;
        }
        boolean everyday = said.size() > 1 && said.stream().allMatch(WinnerWords::everyday);
        return item ? 3 : everyday && !GuessedCells.numbers(said) ? 1 : 0;
    }

    /** @return what the values of a column mean, as it is written behind its name; empty: everybody knows */
    public String values(String winner) {
        if (cells.amongThem(winner, first, second)) {
            return "[item]";
        }
        Set<String> said = cells.said(winner);
        if (GuessedCells.numbers(said)) {
            return scale(said.stream().map(Double::valueOf).sorted().toList());
        }
        if (said.stream().allMatch(WinnerWords::everyday)) {
            return "";
        }
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (String each : said) {
            String meant = meant(each);
            if (meant != null) {
                words.computeIfAbsent(meant, unseen -> new TreeSet<>()).add(ColumnsText.quoted(each));
                String swapped = swapped(each);
                if (swapped != null) { // what only the other side's winner would show
                    words.computeIfAbsent(meant.equals("a") ? "b" : "a", unseen -> new TreeSet<>())
                            .add(ColumnsText.quoted(swapped));
                }
            }
        }
        return words.containsKey("a") && words.containsKey("b")
                ? "["
                        + List.of("a", "b", "tie", "bad").stream()
                                .filter(words::containsKey)
                                .map(each -> each + "=" + String.join("/", words.getOrDefault(each, Set.of())))
                                .collect(Collectors.joining("|"))
                        + "]"
                : "";
    }

    private static String scale(List<Double> values) {
        double low = values.get(0);
        double high = values.get(values.size() - 1);
        boolean whole = values.stream().allMatch(value -> value == Math.rint(value));
        if (low < 0 && Math.max(-low, high) <= WIDEST_SCALE) {
            long end = (long) Math.ceil(Math.max(-low, high));
            return "[" + -end + ".." + end + "]";
        }
        if (!whole && high <= 2) {
            return low < 1 ? "[1..2|tie=0]" : "[1..2]";
        }
        if (high <= 2) {
            return high <= 1 ? "[0|1]" : low < 1 ? "[1|2|0]" : "[1|2]";
        }
        return "[" + (long) low + ".." + (long) Math.ceil(high) + "]";
    }

    /** @return a, b, tie or bad */
    private @Nullable String meant(String value) {
        List<String> words = GuessedCells.words(value);
        if (words.stream().anyMatch(TIES::contains)) {
            return words.stream().anyMatch(NOBODY::contains) ? "bad" : "tie";
        }
        List<String> side = side(words);
        return side != null
                ? words.contains(side.get(0)) ? "a" : "b"
                : words.stream().anyMatch(NOBODY::contains) ? "bad" : null;
    }

    /** @return the names of both sides, of which a value has one */
    private @Nullable List<String> side(List<String> words) {
        List<List<String>> all = new ArrayList<>(GuessedRoles.SIDES);
        List<String> one = new ArrayList<>(GuessedCells.words(first));
        List<String> other = new ArrayList<>(GuessedCells.words(second));
        one.removeAll(GuessedCells.words(second));
        other.removeAll(GuessedCells.words(first));
        if (one.size() == 1 && other.size() == 1) {
            all.add(0, List.of(one.get(0), other.get(0)));
        }
        for (List<String> each : all) {
            if (words.contains(each.get(0)) != words.contains(each.get(1))) {
                return each;
            }
        }
        return null;
    }

    private @Nullable String swapped(String value) {
        List<String> words = GuessedCells.words(value);
        List<String> side = side(words);
        String meant = meant(value);
        if (side == null || meant == null || !(meant.equals("a") || meant.equals("b"))) {
            return null;
        }
        String from = side.get(meant.equals("a") ? 0 : 1);
        String to = side.get(meant.equals("a") ? 1 : 0);
        return value.replaceFirst("(?<![\\p{L}\\p{N}])" + Pattern.quote(from) + "(?![\\p{L}\\p{N}])", to);
    }
}
