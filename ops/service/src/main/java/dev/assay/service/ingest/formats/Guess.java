package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.table.GuessedRoles;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the first rows of a file that nobody knows may be.
 *
 * @param keys the names found in them, those inside of others with dots
 * @param nearest the known format that has most of its names among them, and which it lacks, in words; empty: none is near
 * @param columns a reading to try; empty: nobody can tell who won
 */
public record Guess(List<String> keys, String nearest, Optional<Columns> columns) {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_KEYS = 200;

    /** Of the formats that are no line of a table. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "trl", Set.of("chosen", "rejected"),
            "lmarena", Set.of("model_a", "model_b", "winner", "conversation_a", "conversation_b"),
            "helpsteer3", Set.of("overall_preference", "response1", "response2", "context"),
            "pku-safe-rlhf", Set.of("response_0", "response_1", "better_response_id"),
            "oasst", Set.of("message_tree_id", "prompt.replies"),
            "neutral", Set.of("judgment_id", "prompt_id", "responses"));

    /** @param rows objects, the first ones of a file */
    public static Guess of(List<JsonNode> rows) {
        Map<String, List<JsonNode>> cells = new LinkedHashMap<>();
        for (JsonNode row : rows.subList(0, Math.min(rows.size(), MOST_ROWS))) {
            collect("", row, cells);
        }
        return new Guess(List.copyOf(cells.keySet()), nearest(cells.keySet()), columns(cells));
    }

    private static void collect(String prefix, JsonNode object, Map<String, List<JsonNode>> cells) {
        object.properties().forEach(member -> {
            String name = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (value.isObject() && !value.has("role") && !value.has("from") && prefix.length() < MOST_KEYS) {
                collect(name + ".", value, cells);
            } else if (cells.size() < MOST_KEYS || cells.containsKey(name)) {
                cells.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
            }
        });
    }

    private static Optional<Columns> columns(Map<String, List<JsonNode>> cells) {
        GuessedRoles roles = new GuessedRoles(cells);
        String line = roles.line();
        try {
            return line.isEmpty() ? Optional.empty() : Optional.of(Columns.parse(line));
        } catch (JsonRefusal e) {
            return Optional.empty(); // names that only look like roles
        }
    }

    private record Near(String name, double share, Set<String> lacks) {}

    private static String nearest(Set<String> found) {
        Set<String> keys = new LinkedHashSet<>();
        for (String key : found) {
            keys.add(KnownNames.plain(key));
            int dot = key.indexOf('.');
            keys.add(KnownNames.plain(dot < 0 ? key : key.substring(0, dot)));
        }
        List<Near> all = new ArrayList<>();
        OTHERS.forEach((name, wanted) -> all.add(near(name, wanted, keys)));
        KnownShapes.keys().forEach((name, each) -> each.forEach(wanted -> all.add(near(name, wanted, keys))));
        return all.stream()
                .filter(each -> each.share() >= 0.5)
                .max(Comparator.comparingDouble(Near::share))
                .map(each -> each.name()
                        + (each.lacks().isEmpty() ? "" : ", which has " + String.join(", ", each.lacks()) + " too"))
                .orElse("");
    }

    private static Near near(String name, Set<String> wanted, Set<String> keys) {
        Set<String> lacks = new TreeSet<>();
        for (String key : wanted) {
            if (!keys.contains(KnownNames.plain(key)) && !keys.contains(key.split("\\.")[0])) {
                lacks.add(key);
            }
        }
        return new Near(name, 1 - lacks.size() / (double) wanted.size(), lacks);
    }

    /** @return the keys found, the nearest format and the line to try, for who has to name the format */
    public String message() {
        return "it has " + KnownNames.listed(keys)
                + (nearest.isEmpty() ? "" : "; the nearest format is " + nearest)
                + columns.map(found -> "; try --columns '" + found.line() + "'")
                        .orElse("; name its columns with --columns first=…,second=…,winner=…[…] or"
                                + " --columns chosen=…,rejected=…");
    }
}
