package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of items, or standard input: JSON or a table, packed or not. How it is written is seen in how it begins; it is read
 * as a stream, whatever its length.
 */
public final class ItemFile {
    private static final Pattern NAMES =
            Pattern.compile(".*\\.(jsonl|ndjson|json|csv|tsv|txt)(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON_NAMES =
            Pattern.compile(".*\\.(jsonl|ndjson|json)(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);
    private static final String STANDARD_INPUT = "-";
    private static final int HEAD = 1 << 22; // characters

    private enum Shape {
        LINES,
        VALUES,
        TABLE
    }

    private final String name;
    private final @Nullable Path file;
    private final FileSettings settings;
    private final String head;
    private final Shape shape;
    private final @Nullable TableDialect table;
    private TextReader text; // from the beginning
    private CountedBytes bytes;

    private ItemFile(String name, @Nullable Path file, InputStream raw, FileSettings settings) throws IOException {
        this.name = name;
        this.file = file;
        this.settings = settings;
        bytes = new CountedBytes(raw);
        text = text(bytes);
        head = text.peek(HEAD);
        shape = shape(head.stripLeading());
        table = shape == Shape.TABLE ? TableDialect.of(head, head.length() < HEAD, settings, name) : null;
    }

    /**
     * @param file {@code -} for standard input
     * @throws InvalidInputException if there is no such file, or it is of a kind that is not read
     */
    public static ItemFile open(Path file, FileSettings settings) throws IOException {
        if (isStandardInput(file)) {
            return new ItemFile("standard input", null, System.in, settings);
        }
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new InvalidInputException("FILE must be a file or a folder, there is none at " + file);
        }
        if (!Files.isRegularFile(file)) { // a pipe, which is read once and has no name to tell anything by
            return new ItemFile(file.toString(), null, Files.newInputStream(file), settings);
        }
        try (InputStream raw = Files.newInputStream(file)) {
            if (!NAMES.matcher(String.valueOf(file.getFileName())).matches()) {
                throw notNamed(file, raw);
            }
            return new ItemFile(file.toString(), file, raw, settings);
        }
    }

    /** @throws InvalidInputException with more to say, if the bytes show what it is */
    private static InvalidInputException notNamed(Path file, InputStream raw) throws IOException {
        try (InputStream unpacked = Unpacked.of(raw, file.toString())) {
            return new InvalidInputException("FILE must be .jsonl, .ndjson, .json, .csv, .tsv or .txt, perhaps with"
                    + " .gz or .zst, or a folder in the neutral format, was " + file);
        }
    }

    /** @return whether that is no name of a file */
    public static boolean isStandardInput(Path file) {
        return file.toString().equals(STANDARD_INPUT);
    }

    private TextReader text(InputStream raw) throws IOException {
        return new TextReader(Unpacked.of(raw, name), settings.encoding());
    }

    private Shape shape(String begin) {
        if (begin.startsWith("[")) {
            return Shape.VALUES;
        }
        if (!begin.startsWith("{")) {
            return begin.isEmpty() || JSON_NAMES.matcher(name).matches() ? Shape.LINES : Shape.TABLE;
        }
        List<String> lines =
                begin.lines().filter(line -> !line.isBlank()).limit(2).toList();
        boolean each = switch (LineKind.of(lines.get(0))) {
            case WHOLE -> !ValueItems.wraps(lines.get(0));
            case BROKEN_OFF -> lines.size() > 1 && LineKind.of(lines.get(1)) == LineKind.WHOLE;
            case NONE -> true;
        };
        return each ? Shape.LINES : Shape.VALUES;
    }

    /** @return what to call it */
    public String name() {
        return name;
    }

    /** @return how it was found to be written, for people; empty: as usual */
    public String said() {
        String encoding = text.encoding().equals(StandardCharsets.UTF_8)
                ? ""
                : ", " + text.encoding().name();
        return table == null ? encoding : ", " + table.said() + encoding;
    }

    /** @return whether the file may get more items without being written anew */
    public boolean grows() {
        return file != null && shape != Shape.VALUES;
    }

    /** @return whether it can be read again from its beginning */
    public boolean rereadable() {
        return file != null;
    }

    /** @return how many bytes of the file have been read so far, packed as they are */
    public long bytesRead() {
        return bytes.count();
    }

    /**
     * @return the first item that can be read, to recognise the format by; of a table with all its columns, null where its
     *     first row has nothing
     * @throws InvalidInputException if none can be read, or the file has no items but columns
     */
    public Optional<JsonNode> first() throws IOException {
        return first(1).stream().findFirst();
    }

    /**
     * @param most at least 1
     * @return so many of the first items as {@link #first()} does, if its beginning has them
     */
    public List<JsonNode> first(int most) throws IOException {
        FirstItems taker = new FirstItems(most);
        try {
            read(TextReader.of(head), taker);
        } catch (FirstItems.Found enough) {
            return taker.items().stream().map(this::withAllColumns).toList();
        }
        if (taker.items().isEmpty()) {
            if (head.length() >= HEAD) {
                ValueItems.refuseColumns(head, name);
            }
            if (taker.refusal() != null) {
                throw new InvalidInputException(name + " has no item that can be read; " + taker.refusal());
            }
        }
        return taker.items().stream().map(this::withAllColumns).toList();
    }

    private JsonNode withAllColumns(JsonNode item) {
        if (table == null) {
            return item;
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        table.columns().forEach(row::putNull);
        row.setAll((ObjectNode) item);
        return row;
    }

    /** Hands over all items. Standard input can be read once. */
    public <E extends Exception> void read(ItemTaker<E> taker) throws IOException, E {
        if (file == null) {
            read(text, taker);
            return;
        }
        try (InputStream raw = Files.newInputStream(file)) {
            bytes = new CountedBytes(raw);
            text = text(bytes);
            read(text, taker);
        }
    }

    private <E extends Exception> void read(TextReader from, ItemTaker<E> taker) throws IOException, E {
        if (table != null) {
            new TableItems(from, table).read(taker);
        } else if (shape == Shape.LINES) {
            new LineItems(from).read(taker);
        } else {
            new ValueItems(from, name).read(taker);
        }
        if (from.broken() != null) {
            taker.refused(
                    new Place("byte", bytes.count(), 0, null), "the file cannot be read to its end: " + from.broken());
        }
    }
}
