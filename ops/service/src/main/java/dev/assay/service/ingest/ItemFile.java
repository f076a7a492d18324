package dev.assay.service.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Items;
import dev.assay.service.ingest.formats.JsonLines;
import dev.assay.service.topics.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of JSON items, perhaps zipped: one a line, or the elements of one array, or one item alone over many lines. A line
 * that is no JSON does not keep the others from being read; an array ends where it breaks.
 */
final class ItemFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_TO_RECOGNISE = 20;
    private static final int LONGEST_BLANK = 1 << 16;

    private final Path file;
    private final Shape shape;

    private enum Shape {
        LINES,
        ARRAY,
        ALONE
    }

    /** Takes what one item asks for. */
    @FunctionalInterface
    public interface Each {
        /**
         * @param line where the item ends, from 1
         * @param asked what it asks for; may be empty
         */
        void take(long line, List<Intake> asked) throws Exception;
    }

    private ItemFile(Path file, Shape shape) {
        this.file = file;
        this.shape = shape;
    }

    /** @throws InvalidInputException if there is no such file, or it is of a kind that is not read */
    static ItemFile open(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file) || !name.matches(".*\\.(jsonl|ndjson|json)(\\.gz)?")) {
            throw new InvalidInputException(
                    "FILE must be a .jsonl or .json file, perhaps with .gz, or a folder in the neutral format, was "
                            + file);
        }
        try (BufferedReader text = JsonLines.reader(file)) {
            text.mark(LONGEST_BLANK);
            int first = text.read();
            while (first >= 0 && (Character.isWhitespace(first) || first == '\uFEFF')) {
                first = text.read();
            }
            if (first == '[') {
                return new ItemFile(file, Shape.ARRAY);
            }
            text.reset();
            String line = text.readLine();
            boolean alone = name.matches(".*\\.json(\\.gz)?") && line != null && !complete(line);
            return new ItemFile(file, alone ? Shape.ALONE : Shape.LINES);
        }
    }

    private static boolean complete(String line) {
        try {
            return !JSON.readTree(line).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** @return whether the file may get more items without being written anew */
    boolean grows() {
        return shape == Shape.LINES;
    }

    /** @return the first item that is JSON, to recognise the format by */
    Optional<JsonNode> first() throws IOException {
        if (shape == Shape.LINES) {
            try (BufferedReader lines = JsonLines.reader(file)) {
                String line = lines.readLine();
                for (int i = 0; i < LINES_TO_RECOGNISE && line != null; i++) {
                    if (!line.isBlank() && complete(line)) {
                        return Optional.of(JSON.readTree(line));
                    }
                    line = lines.readLine();
                }
                return Optional.empty();
            }
        }
        try (JsonParser parser = JSON.createParser(JsonLines.stream(file))) {
            JsonToken token = parser.nextToken();
            if (shape == Shape.ARRAY) {
                token = parser.nextToken();
            }
            return token == null || token == JsonToken.END_ARRAY
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(parser));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Hands over all items in their order, and as the last, which is none of them, what is still open. */
    void read(Items items, Each each) throws Exception {
        long last = shape == Shape.LINES ? readLines(items, each) : readTree(items, each);
        each.take(last, items.end());
    }

    private long readLines(Items items, Each each) throws Exception {
        long number = 0;
        try (BufferedReader lines = JsonLines.reader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number == 1 && line.startsWith("\uFEFF")) {
                    line = line.substring(1);
                }
                if (!line.isBlank()) {
                    each.take(number, items.read(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return number;
    }

    private long readTree(Items items, Each each) throws Exception {
        try (JsonParser parser = JSON.createParser(JsonLines.stream(file))) {
            long line = 1;
            try {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_ARRAY) {
                    token = parser.nextToken();
                }
                while (token != null && token != JsonToken.END_ARRAY) {
                    JsonNode item = JSON.readTree(parser);
                    line = parser.currentLocation().getLineNr();
                    each.take(line, items.read(item));
                    token = parser.nextToken();
                }
                if (token == null && shape == Shape.ARRAY) {
                    each.take(line, List.of(new Intake.NotUnderstood("not JSON: the array does not end")));
                }
            } catch (JsonProcessingException e) {
                line = e.getLocation() == null ? line : e.getLocation().getLineNr();
                each.take(
                        line,
                        List.of(new Intake.NotUnderstood(
                                "not JSON: " + e.getOriginalMessage() + "; what follows in this file cannot be read")));
            }
            return line;
        }
    }
}
