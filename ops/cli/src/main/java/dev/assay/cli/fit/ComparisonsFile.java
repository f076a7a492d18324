package dev.assay.cli.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.service.offline.AnnotatorNumbers;
import dev.assay.service.topics.InvalidInputException;
import java.io.CharConversionException;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Reads comparisons from CSV, field by field, keeping every digit and refusing what is not a comparison. */
final class ComparisonsFile {
    private static final long LONG_BYTES = 16L << 20; // from here on reading takes long enough to be watched
    private static final int LONGEST_SHOWN = 40;
    private static final String LARGEST = "1e38"; // Comparison.LARGEST in words

    private final String file;
    private final CsvParser parser;
    private long line;

    private ComparisonsFile(String file, CsvParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * All rows of the file; those of an annotator are a cluster, those of none clusters of their own.
     *
     * @throws InvalidInputException naming line, column, bound and value of the first thing that is wrong
     */
    static FitInput read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InvalidInputException(path + ": no such file");
        }
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new InvalidInputException(path + ": must be a file this user may read");
        }
        CsvFactory factory =
                CsvFactory.builder().enable(CsvParser.Feature.TRIM_SPACES).build();
        try (InputStream bytes = watched(path);
                CsvParser parser = factory.createParser(bytes)) {
            ComparisonsFile reader = new ComparisonsFile(path.toString(), parser);
            try {
                return reader.input();
            } catch (JsonProcessingException | CharConversionException e) {
                throw new InvalidInputException(
                        path + ", near line " + (reader.line + 1) + ": not readable as CSV in UTF-8: " + words(e));
            }
        }
    }

    private static String words(IOException failure) {
        String message = failure instanceof JsonProcessingException parsing
                ? parsing.getOriginalMessage()
                : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static InputStream watched(Path path) throws IOException {
        InputStream bytes = Files.newInputStream(path);
        long size = Files.size(path);
        if (size < LONG_BYTES || !atTerminal()) {
            return bytes;
        }
        return ProgressBar.wrap(
                bytes,
                new ProgressBarBuilder()
                        .setTaskName("Reading")
                        .setInitialMax(size)
                        .setUnit(" MB", 1L << 20));
    }

    @SuppressWarnings("SystemConsoleNull") // null still says no up to JDK 21; after that the question below does
    private static boolean atTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // up to JDK 21 a console is a terminal
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private FitInput input() throws IOException {
        List<String> names = new ArrayList<>();
        if (parser.nextToken() != null) {
            for (String name = parser.nextTextValue(); name != null; name = parser.nextTextValue()) {
                names.add(name);
            }
        }
        line = 1;
        if (names.stream().allMatch(String::isEmpty)) {
            throw new InvalidInputException(file + ", line 1: must be a header, y,psi0,psi_1,...,z_1,...; is empty");
        }
        ComparisonsHeader header = ComparisonsHeader.of(names, file);
        int k = header.rationalityDimension();
        DoubleComparisonStore store = new DoubleComparisonStore(header.rewardDimension(), k);
        String[] fields = new String[header.fields()];
        double[] row = new double[header.rowSize()];
        row[ComparisonsHeader.WEIGHT] = 1; // where there is no such column
        AnnotatorNumbers annotators = new AnnotatorNumbers();
        int differenceStart = ComparisonsHeader.CONTEXT + k;
        while (nextLine(fields)) {
            String annotator = null;
            for (int i = 0; i < fields.length; i++) {
                if (header.slot(i) != ComparisonsHeader.ANNOTATOR) {
                    row[header.slot(i)] = number(fields[i], header.name(i), header.slot(i));
                } else if (!fields[i].isEmpty()) {
                    annotator = fields[i];
                }
            }
            Comparison comparison = new Comparison(
                    row[ComparisonsHeader.OFFSET],
                    Vector.of(Arrays.copyOfRange(row, ComparisonsHeader.CONTEXT, differenceStart)),
                    Vector.of(Arrays.copyOfRange(row, differenceStart, row.length)),
                    row[ComparisonsHeader.PREFERENCE],
                    row[ComparisonsHeader.WEIGHT]);
            store.add(comparison, annotators.of(annotator));
        }
        return new FitInput(
                store,
                new RankingStore(store.rewardDimension(), k),
                ColumnNames.numbered(store.rewardDimension(), k),
                annotators.ids(),
                List.of());
    }

    /** Fills the fields with those of the next line that is not blank; false at the end. */
    private boolean nextLine(String[] fields) throws IOException {
        while (parser.nextToken() != null) {
            line++;
            int count = 0;
            for (String field = parser.nextTextValue(); field != null; field = parser.nextTextValue()) {
                if (count < fields.length) {
                    fields[count] = field;
                }
                count++;
            }
            boolean blank = count == 0 || (count == 1 && fields[0].isEmpty());
            if (!blank && count != fields.length) {
                throw new InvalidInputException(String.format(
                        Locale.ROOT, "%s, line %d: must have %d fields, has %d", file, line, fields.length, count));
            }
            if (!blank) {
                return true;
            }
        }
        return false;
    }

    private double number(String text, String column, int slot) {
        double lower =
                slot == ComparisonsHeader.PREFERENCE || slot == ComparisonsHeader.WEIGHT ? 0 : -Comparison.LARGEST;
        double upper = slot == ComparisonsHeader.PREFERENCE ? 1 : Comparison.LARGEST;
        double value = isDecimal(text) ? parsed(text) : Double.NaN;
        if (!(value >= lower && value <= upper)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s, line %d, column %s: must be a number between %s and %s, was \"%s\"",
                    file,
                    line,
                    column,
                    lower == 0 ? "0" : "-" + LARGEST,
                    upper == 1 ? "1" : LARGEST,
                    shown(text)));
        }
        return value;
    }

    // Java's own parsers also take 0x1p3, 1f and NaN, which no other tool that writes CSV means as we would read them.
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static double parsed(String text) {
        try {
            return NumberInput.parseDouble(text, true); // as exact as Double.parseDouble, and twice as fast
        } catch (NumberFormatException e) {
            return Double.NaN; // the caller says what was expected
        }
    }

    /** Text from a file, short enough for a message. */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
