package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cells of the first rows, looked at by who guesses what they are.
 *
 * @param byName of the column
 */
public record GuessedCells(Map<String, List<JsonNode>> byName) {
    public static final int SHORT = 60;

    public Set<String> names() {
        return byName.keySet();
    }

    /** @return whether a column says nothing but what stands in two others */
    public boolean amongThem(String name, String first, String second) {
        Set<String> named = new HashSet<>(texts(first));
        named.addAll(texts(second));
        Set<String> said = new HashSet<>(texts(name));
        return !said.isEmpty() && named.containsAll(said);
    }

    /** @return whether all cells are lists of two or more, of texts or of numbers */
    boolean lists(String name, boolean ofTexts) {
        List<JsonNode> column = byName.getOrDefault(name, List.of());
        return !column.isEmpty()
                && column.stream()
                        .allMatch(cell -> cell.isArray()
                                && cell.size() > 1
                                && (ofTexts
                                        ? cell.get(0).isTextual()
                                        : cell.get(0).isNumber()));
    }

    /** @return whether all that a column says are numbers */
    public boolean counts(String name) {
        return numbers(said(name));
    }

    public static boolean numbers(Set<String> said) {
        return !said.isEmpty() && said.stream().allMatch(each -> each.matches("-?\\d{1,9}(?:\\.\\d{1,9})?"));
    }

    /** @return whether there are texts or lists in a column */
    public boolean speaks(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .anyMatch(cell -> cell.isTextual() || cell.isArray() || cell.isObject());
    }

    /** @return how many characters a cell has */
    public double length(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .mapToInt(cell -> cell.isTextual()
                        ? cell.asText().length()
                        : cell.toString().length())
                .average()
                .orElse(0);
    }

    /** @return what short cells say, in lower case; empty: they are long */
    public Set<String> said(String name) {
        Set<String> said = new TreeSet<>();
        for (JsonNode cell : byName.getOrDefault(name, List.of())) {
            if (cell.isContainerNode() || cell.asText().length() > SHORT) {
                return Set.of();
            }
            OptionalDouble number = Cells.number(cell, false);
            if (number.isPresent()) {
                double value = number.getAsDouble();
                said.add(
                        value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value));
            } else if (!cell.isNull() && !cell.asText().isBlank()) {
                said.add(cell.asText().strip().toLowerCase(Locale.ROOT));
            }
        }
        return said;
    }

    public List<String> texts(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(cell ->
                        cell.isValueNode() && !cell.isNull() && !cell.asText().isBlank())
                .map(cell -> cell.asText().strip())
                .toList();
    }

    /** @return the words of a name, in lower case */
    public static List<String> words(String name) {
        return Arrays.stream(name.replaceAll("(?<=[a-z])(?=[A-Z0-9])", "_")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
