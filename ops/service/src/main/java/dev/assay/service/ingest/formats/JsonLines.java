package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file of JSON objects, one a line, perhaps zipped, all of which must be as their reader expects. */
public final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 16;

    private JsonLines() {}

    /** Takes one object. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(JsonPlace object) throws JsonRefusal, E;
    }

    /**
     * Reads all lines that are not blank, in their order.
     *
     * @throws InvalidInputException naming file, line, field, bound and value
     */
    public static <E extends Exception> void read(Path file, Each<E> each) throws IOException, E {
        try (BufferedReader lines = reader(file)) {
            int number = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (!text.isBlank()) {
                    try {
                        each.take(JsonPlace.whole(JSON.readTree(text)).object());
                    } catch (JsonProcessingException e) {
                        throw new InvalidInputException(
                                file + " line " + number + " is not JSON: " + e.getOriginalMessage());
                    } catch (JsonRefusal e) {
                        throw new InvalidInputException(file + " line " + number + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    /** @return the text of a file, unzipped if its name ends in {@code .gz} */
    public static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(stream(file), StandardCharsets.UTF_8), BUFFER);
    }

    /** @return the bytes of a file, unzipped if its name ends in {@code .gz} */
    public static InputStream stream(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }
}
