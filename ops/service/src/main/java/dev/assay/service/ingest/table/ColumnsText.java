package dev.assay.service.ingest.table;

import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How columns are written: {@code winner=better[left|right|tie]}, several apart by commas. A name between double quotes may have
 * any character; one in it is doubled.
 */
public final class ColumnsText {
    private final String role;
    private final String text;
    private int next;

    private ColumnsText(String role, String text) {
        this.role = role;
        this.text = text;
    }

    /** @return what is what, in its order */
    public static Map<String, Column> all(String text) throws JsonRefusal {
        Map<String, Column> columns = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            String role = equals < 0 ? "" : text.substring(at, equals).strip();
            if (role.isEmpty()) {
                throw new JsonRefusal(
                        "columns must be written ROLE=COLUMN, apart by commas, was " + Shown.of(text.substring(at)));
            }
            ColumnsText one = new ColumnsText(role, text);
            one.next = equals + 1;
            if (columns.put(role, one.column(",")) != null) {
                throw new JsonRefusal("columns must name " + Shown.of(role) + " once, was " + Shown.of(text));
            }
            at = one.next + 1;
        }
        return columns;
    }

    /** @return one column, which is all of the text */
    public static Column one(String role, String text) throws JsonRefusal {
        ColumnsText one = new ColumnsText(role, text);
        return one.column("");
    }

    private Column column(String end) throws JsonRefusal {
        List<List<String>> parts = new ArrayList<>();
        List<String> alternatives = new ArrayList<>();
        String literal = null;
        if (next < text.length() && text.charAt(next) == '=') {
            next++;
            literal = word(end);
        } else {
            alternatives.add(word("+|[" + end));
            while (next < text.length() && "+|".indexOf(text.charAt(next)) >= 0) {
                boolean more = text.charAt(next) == '+';
                next++;
                if (more) {
                    parts.add(List.copyOf(alternatives));
                    alternatives.clear();
                }
                alternatives.add(word("+|[" + end));
            }
            parts.add(List.copyOf(alternatives));
        }
        List<String> values = new ArrayList<>();
        if (next < text.length() && text.charAt(next) == '[') {
            do {
                next++;
                values.add(raw("|]"));
            } while (next < text.length() && text.charAt(next) == '|');
            if (next == text.length()) {
                throw new JsonRefusal(Shown.of(role) + " must end its values with ], was " + Shown.of(text));
            }
            next++;
        }
        if (next < text.length() && end.indexOf(text.charAt(next)) < 0) {
            throw new JsonRefusal(
                    Shown.of(role) + " must end behind its column, has " + Shown.of(text.substring(next)));
        }
        return new Column(List.copyOf(parts), literal, List.copyOf(values));
    }

    /** @return a name, perhaps quoted, up to one of these characters */
    private String word(String ends) throws JsonRefusal {
        String word = unquoted(raw(ends));
        if (word.isEmpty()) {
            throw new JsonRefusal(Shown.of(role) + " must name a column, was " + Shown.of(text));
        }
        return word;
    }

    /** @return what stands there as it is written, up to one of these characters outside of quotes */
    private String raw(String ends) throws JsonRefusal {
        int from = next;
        boolean quoted = false;
        while (next < text.length() && (quoted || ends.indexOf(text.charAt(next)) < 0)) {
            quoted ^= text.charAt(next) == '"';
            next++;
        }
        if (quoted) {
            throw new JsonRefusal(Shown.of(role) + " must end its quote with \", was " + Shown.of(text));
        }
        return text.substring(from, next).strip();
    }

    public static String unquoted(String word) {
        boolean quoted = word.length() >= 2 && word.startsWith("\"") && word.endsWith("\"");
        return quoted ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word;
    }

    /** @return a name as it must be written */
    public static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.equals(word.strip()) && word.matches("[^,+|\\[\\]=\"/]*");
        return plain ? word : "\"" + word.replace("\"", "\"\"") + "\"";
    }

    /** @return the words of one value of a bracket: {@code left/l} */
    public static List<String> words(String value) throws JsonRefusal {
        ColumnsText all = new ColumnsText("a value", value);
        List<String> words = new ArrayList<>();
        do {
            words.add(unquoted(all.raw("/")));
            all.next++;
        } while (all.next <= value.length());
        return words;
    }
}
