package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Guesses which column is what, by the words in its name and by what its cells say. */
public final class GuessedRoles {
    private static final Set<String> CHOSEN =
            Set.of("chosen", "preferred", "winner", "winning", "better", "accepted", "best");
    private static final Set<String> REJECTED =
            Set.of("rejected", "dispreferred", "loser", "losing", "worse", "worst", "unchosen", "declined");
    private static final Set<String> POLICY =
            Set.of("model", "models", "policy", "generator", "system", "source", "author");
    private static final Set<String> PEOPLE = Set.of(
            "annotator",
            "rater",
            "worker",
            "user",
            "labeler",
            "judge",
            "participant",
            "evaluator",
            "assessor",
            "bewerter",
            "voter",
            "reviewer",
            "teacher",
            "respondent",
            "expert",
            "coder");
    private static final Set<String> ASKED = Set.of(
            "prompt", "question", "instruction", "query", "request", "brief", "task", "post", "topic", "frage", "q");
    private static final Set<String> SCORES = Set.of("score", "scores", "rating", "ratings", "reward", "rewards");
    private static final Set<String> IDS =
            Set.of("id", "uid", "uuid", "pair_id", "comparison_id", "judgment_id", "row_id", "battle_id");
    private static final Set<String> TIMES = Set.of("timestamp", "created_at", "judged_at", "submitted_at", "tstamp");
    public static final List<List<String>> SIDES = List.of(
            List.of("a", "b"),
            List.of("1", "2"),
            List.of("0", "1"),
            List.of("left", "right"),
            List.of("first", "second"),
            List.of("one", "two"),
            List.of("x", "y"),
            List.of("links", "rechts"));

    private final GuessedCells cells;
    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    public GuessedRoles(Map<String, List<JsonNode>> cells) {
        this.cells = new GuessedCells(cells);
    }

    private record Pair(String first, String second, double length, boolean policies) {}

    /** @return the columns as a line; empty: nobody can tell who won */
    public String line() {
        Pair policies = null;
        Pair responses = null;
        for (Pair pair : pairs()) {
            if (pair.policies() && (policies == null || policies.length() < pair.length())) {
                policies = pair;
            } else if (!pair.policies() && (responses == null || responses.length() < pair.length())) {
                responses = pair;
            }
        }
        Pair compared = responses == null ? policies : responses;
        if (!ordered() && !listed() && (compared == null || !sided(compared, responses == null ? null : policies))) {
            return "";
        }
        people();
        return roles.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
    }

    /** A winner and a loser, each a text. */
    private boolean ordered() {
        for (String chosen : cells.names()) {
            for (String rejected : cells.names()) {
                List<String> one = new ArrayList<>(GuessedCells.words(chosen));
                List<String> other = new ArrayList<>(GuessedCells.words(rejected));
                boolean named = one.removeIf(CHOSEN::contains)
                        && other.removeIf(
                                word -> REJECTED.contains(word) || word.equals("not") || CHOSEN.contains(word))
                        && one.equals(other)
                        && GuessedCells.words(rejected).stream()
                                .anyMatch(word -> REJECTED.contains(word) || word.equals("not"))
                        && GuessedCells.words(chosen).stream().noneMatch(word -> word.equals("not"));
                if (named && cells.speaks(chosen) && cells.speaks(rejected)) {
                    put("chosen", chosen);
                    put("rejected", rejected);
                    return true;
                }
            }
        }
        return false;
    }

    /** A list of responses, and beside it one of ranks or of scores. */
    private boolean listed() {
        for (String responses : cells.names()) {
            for (String order : cells.names()) {
                boolean parallel = cells.lists(responses, true) && cells.lists(order, false);
                List<String> words = GuessedCells.words(order);
                boolean rank = words.contains("rank") || words.contains("ranks") || words.contains("ranking");
                if (parallel && (rank || words.stream().anyMatch(SCORES::contains))) {
                    put("responses", responses);
                    put(rank ? "rank" : "score", order);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean sided(Pair compared, @Nullable Pair policies) {
        Set<String> others = new HashSet<>(List.of(compared.first(), compared.second()));
        if (policies != null) {
            others.addAll(List.of(policies.first(), policies.second()));
        }
        cells.names().stream().filter(name -> asks(name) || judges(name)).forEach(others::add);
        GuessedWinner guessed = new GuessedWinner(cells, compared.first(), compared.second());
        String winner = guessed.column(others);
        Pair scores = winner == null ? scores(others) : null;
        if (winner == null && scores == null) {
            return false;
        }
        boolean shown = GuessedCells.words(compared.first()).contains("left")
                || GuessedCells.words(compared.first()).contains("links");
        put(shown ? "left" : "first", compared.first());
        put(shown ? "right" : "second", compared.second());
        if (winner != null) {
            taken.add(winner);
            roles.put("winner", ColumnsText.quoted(winner) + guessed.values(winner));
        } else if (scores != null) {
            put("score-first", scores.first());
            put("score-second", scores.second());
        }
        if (policies != null) {
            put("policy-first", policies.first());
            put("policy-second", policies.second());
        } else if (compared.length() <= GuessedCells.SHORT && repeats(compared)) {
            roles.put("policy-first", ColumnsText.quoted(compared.first()));
            roles.put("policy-second", ColumnsText.quoted(compared.second()));
        }
        return true;
    }

    private @Nullable Pair scores(Set<String> others) {
        for (String first : cells.names()) {
            for (String second : cells.names()) {
                if (paired(first, second) && !others.contains(first) && cells.counts(first) && cells.counts(second)) {
                    return new Pair(first, second, 0, false);
                }
            }
        }
        return null;
    }

    private static boolean judges(String name) {
        return GuessedCells.words(name).stream().anyMatch(PEOPLE::contains);
    }

    /** Whether the same few come again and again: then they are what is compared, not texts about it. */
    private boolean repeats(Pair compared) {
        Set<String> distinct = new HashSet<>(cells.texts(compared.first()));
        distinct.addAll(cells.texts(compared.second()));
        return cells.names().stream().noneMatch(this::asks)
                && distinct.size()
                        < cells.texts(compared.first()).size()
                                + cells.texts(compared.second()).size();
    }

    /** Who, when, under which name, and what was asked. */
    private void people() {
        for (String name : cells.names()) {
            String plain = KnownNames.plain(name);
            if (taken.contains(name)) {
                continue;
            }
            if (judges(name) && !roles.containsKey("annotator") && cells.length(name) <= GuessedCells.SHORT) {
                put("annotator", name);
            } else if (IDS.contains(plain) && !roles.containsKey("id")) {
                put("id", name);
            } else if (TIMES.contains(plain) && !roles.containsKey("time")) {
                put("time", name);
            }
        }
        List<String> asked = cells.names().stream()
                .filter(name -> !taken.contains(name) && asks(name))
                .map(ColumnsText::quoted)
                .toList();
        if (!asked.isEmpty()) {
            roles.put("prompt", String.join("+", asked));
        }
    }

    private boolean asks(String name) {
        String inner = name.substring(name.lastIndexOf('.') + 1);
        List<String> words = GuessedCells.words(inner);
        return cells.speaks(name)
                && (KnownNames.ASKED.contains(KnownNames.plain(inner))
                        || (words.stream().anyMatch(ASKED::contains) && !words.contains("id")));
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String first : cells.names()) {
            for (String second : cells.names()) {
                if (paired(first, second) && cells.speaks(first) && cells.speaks(second)) {
                    boolean policies = GuessedCells.words(first).stream().anyMatch(POLICY::contains);
                    pairs.add(new Pair(first, second, (cells.length(first) + cells.length(second)) / 2, policies));
                }
            }
        }
        return pairs;
    }

    private static boolean paired(String first, String second) {
        List<String> one = GuessedCells.words(first);
        List<String> other = GuessedCells.words(second);
        if (one.size() != other.size()) {
            return false;
        }
        int different = -1;
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                if (different >= 0) {
                    return false;
                }
                different = i;
            }
        }
        return different >= 0 && SIDES.contains(List.of(one.get(different), other.get(different)));
    }

    private void put(String role, String name) {
        roles.put(role, ColumnsText.quoted(name));
        taken.add(name);
    }
}
