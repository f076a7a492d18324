package dev.assay.service.ingest.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a table is written, set or found in its first rows.
 *
 * @param delimiter between two cells
 * @param columns their names, as the header has them
 * @param decimalComma names of columns in which 4,1 is a number
 * @param comma whether such a cell is one in every column
 */
record TableDialect(char delimiter, List<String> columns, Set<String> decimalComma, boolean comma) {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int ROWS_TO_LOOK_AT = 100;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)?");
    private static final Pattern WITH_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3},\\d{3}");

    /**
     * @param head how the text begins
     * @param whole whether that is all of it
     * @throws InvalidInputException if there is no header that can be used
     */
    static TableDialect of(String head, boolean whole, FileSettings settings, String name) {
        List<CsvRecord> best = List.of();
        char delimiter = ',';
        for (char candidate : settings.delimiter() == null ? DELIMITERS : new char[] {settings.delimiter()}) {
            List<CsvRecord> rows = rows(head, whole, candidate);
            if (score(rows) > score(best)) {
                best = rows;
                delimiter = candidate;
            }
        }
        if (best.isEmpty()) {
            throw new InvalidInputException(name + " must begin with a header that names its columns, set apart by one"
                    + " of , ; | or a tab, or by --delimiter");
        }
        List<String> columns = columns(best.get(0), name);
        boolean comma = Boolean.TRUE.equals(settings.decimalComma());
        Set<String> found = settings.decimalComma() == null
                ? decimalComma(columns, best.subList(1, best.size()), delimiter)
                : Set.of();
        return new TableDialect(delimiter, columns, found, comma);
    }

    /** Reads rows of any number of cells, to be looked at one by one. */
    static CsvReader<CsvRecord> reader(Reader text, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text);
    }

    private static List<CsvRecord> rows(String head, boolean whole, char delimiter) {
        List<CsvRecord> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(new StringReader(head), delimiter)) {
            for (CsvRecord row : reader) {
                rows.add(row);
                if (rows.size() > ROWS_TO_LOOK_AT) {
                    return rows;
                }
            }
        } catch (CsvParseException e) {
            return rows; // what is before says enough, or nothing
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
        return whole || rows.size() < 2 ? rows : rows.subList(0, rows.size() - 1);
    }

    /** How many of the first rows have as many cells as the header; of two alike, where those are more. */
    private static double score(List<CsvRecord> rows) {
        if (rows.isEmpty() || rows.get(0).getFieldCount() < 2) {
            return rows.isEmpty() ? 0 : 0.5; // one column is a table too, if nothing else is
        }
        int columns = rows.get(0).getFieldCount();
        long alike = rows.stream().filter(row -> row.getFieldCount() == columns).count();
        return 1 + (double) alike / rows.size() + Math.min(columns, 1000) / 10_000.0;
    }

    private static List<String> columns(CsvRecord header, String name) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < header.getFieldCount(); i++) {
            String column = header.getField(i).strip();
            columns.add(column.isEmpty() ? "column " + (i + 1) : column);
        }
        Set<String> once = new HashSet<>();
        for (String column : columns) {
            if (HalfCharacters.in(column)) {
                throw new InvalidInputException(name + " has bytes in its header that are no UTF-8: name the encoding"
                        + " with --encoding, such as latin1");
            }
            if (!once.add(column)) {
                throw new InvalidInputException(
                        name + " must have each column once, has two of the name " + Shown.of(column));
            }
        }
        return List.copyOf(columns);
    }

    /** Columns of numbers, some with a comma, unless that may set thousands apart. */
    private static Set<String> decimalComma(List<String> columns, List<CsvRecord> rows, char delimiter) {
        Set<String> found = new HashSet<>();
        IntStream.range(0, columns.size()).forEach(i -> {
            List<String> cells = rows.stream()
                    .filter(row -> row.getFieldCount() > i)
                    .map(row -> row.getField(i).strip())
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            List<String> commas = cells.stream()
                    .filter(cell -> WITH_COMMA.matcher(cell).matches())
                    .toList();
            boolean numbers =
                    cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
            boolean thousands = delimiter != ';'
                    && commas.stream().allMatch(cell -> THOUSANDS.matcher(cell).matches());
            if (numbers && !commas.isEmpty() && !thousands && delimiter != ',') {
                found.add(columns.get(i));
            }
        });
        return Set.copyOf(found);
    }

    /** @return a cell as it is handed on */
    String cell(int column, String written) {
        boolean number = (comma || (!decimalComma.isEmpty() && decimalComma.contains(columns.get(column))))
                && WITH_COMMA.matcher(written.strip()).matches();
        return number ? written.strip().replace(',', '.') : written;
    }

    /** @return for people */
    String said() {
        String mark = delimiter == '\t' ? "tab" : String.valueOf(delimiter);
        return columns.size() + " columns, delimiter " + mark
                + (comma ? ", decimal comma" : "")
                + (decimalComma.isEmpty()
                        ? ""
                        : ", decimal comma in "
                                + decimalComma.stream()
                                        .sorted()
                                        .map(Objects::toString)
                                        .toList());
    }
}
