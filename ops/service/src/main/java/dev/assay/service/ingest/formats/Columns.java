package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.Cells;
import dev.assay.service.ingest.table.Column;
import dev.assay.service.ingest.table.ColumnsText;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table, or which member of JSON objects, is what: a format that somebody makes by naming them.
 *
 * @param byRole what is what; who wins is said in one of {@link #WAYS}
 */
public record Columns(Map<String, Column> byRole) {
    static final String NAME = "columns";
    static final String CONTEXT = "context.";

    /** In which a row may say who won, each by the roles it needs. */
    private static final List<List<String>> WAYS = List.of(
            List.of("chosen", "rejected"),
            List.of("first", "second", "winner"),
            List.of("first", "second", "wins-first", "wins-second"),
            List.of("first", "second", "score-first", "score-second"),
            List.of("ranking"),
            List.of("responses", "ranking"),
            List.of("responses", "rank"),
            List.of("responses", "score"));

    private static final List<String> ROLES = List.of(
            "prompt",
            "first",
            "second",
            "left",
            "right",
            "winner",
            "wins-first",
            "wins-second",
            "tie",
            "skipped",
            "score-first",
            "score-second",
            "chosen",
            "rejected",
            "responses",
            "ranking",
            "rank",
            "score",
            "ids",
            "id-first",
            "id-second",
            "policies",
            "policy-first",
            "policy-second",
            "policy-chosen",
            "policy-rejected",
            "annotator",
            "id",
            "weight",
            "time",
            "session",
            "shown-first",
            "decimal",
            "texts");

    /**
     * @param text such as {@code prompt=question,first=a,second=b,winner=better[left|right|tie|bad]}
     * @throws JsonRefusal naming role, bound and value
     */
    public static Columns parse(String text) throws JsonRefusal {
        return new Columns(checked(ColumnsText.all(text)));
    }

    /**
     * @param mapping the same as an object, role by role; {@code context} may be an object of names
     * @throws JsonRefusal naming role, bound and value
     */
    public static Columns of(JsonPlace mapping) throws JsonRefusal {
        if (mapping.value() != null && mapping.value().isTextual()) {
            return parse(mapping.text());
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String role : mapping.names()) {
            JsonPlace given = mapping.at(role);
            if (role.equals("context") && given.value() != null && given.value().isObject()) {
                for (String name : given.names()) {
                    columns.put(CONTEXT + name, ColumnsText.one(name, Cells.word(given.at(name))));
                }
            } else {
                columns.put(role, ColumnsText.one(role, Cells.word(given)));
            }
        }
        return new Columns(checked(columns));
    }

    private static Map<String, Column> checked(Map<String, Column> given) throws JsonRefusal {
        for (String role : given.keySet()) {
            if (!ROLES.contains(role) && !(role.startsWith(CONTEXT) && role.length() > CONTEXT.length())) {
                throw new JsonRefusal("columns must name one of " + String.join(", ", ROLES) + ", context.NAME, was "
                        + Shown.of(role));
            }
        }
        List<List<String>> ways = WAYS.stream()
                .filter(way -> way.stream().allMatch(role -> given.containsKey(role) || sided(given, role)))
                .toList();
        boolean one = ways.size() == 1
                || (ways.size() == 2 && ways.contains(List.of("ranking")) && given.containsKey("responses"));
        if (!one) {
            throw new JsonRefusal("columns must say in one way who won: "
                    + WAYS.stream().map(way -> String.join(" + ", way)).collect(Collectors.joining(", or "))
                    + "; was " + Shown.of(given.keySet()));
        }
        return Collections.unmodifiableMap(given); // in their order, for what is said of them
    }

    /** Left and right are the first and the second one, of which it is known how they were shown. */
    private static boolean sided(Map<String, Column> given, String role) {
        return (role.equals("first") && given.containsKey("left"))
                || (role.equals("second") && given.containsKey("right"));
    }

    /** @return a format of rows whose columns are these */
    public Format format() {
        return new Format(
                NAME, item -> false, (settings, source) -> new ColumnRows(this, NAME, source, Set.of()), false);
    }

    /** @return the text that makes it */
    public String line() {
        return byRole.entrySet().stream()
                .sorted(Comparator.comparing(each -> place(each.getKey())))
                .map(each -> each.getKey() + "=" + each.getValue().said())
                .collect(Collectors.joining(","));
    }

    private static String place(String role) {
        return role.startsWith(CONTEXT) ? "~" + role : String.format(Locale.ROOT, "%02d", ROLES.indexOf(role));
    }

    @Nullable
    Column of(String role) {
        return byRole.get(role);
    }

    /** @return the first of these roles that is named */
    @Nullable
    Column of(String role, String other) {
        Column column = byRole.get(role);
        return column == null ? byRole.get(other) : column;
    }

    boolean has(String role) {
        return byRole.containsKey(role);
    }
}
