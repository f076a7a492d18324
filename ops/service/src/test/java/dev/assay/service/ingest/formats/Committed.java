package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.streams.json.JsonRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The payloads and files under {@code platforms/}: of the documented shape, written by us. */
final class Committed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Committed() {}

    /** @return the text of a payload */
    static String text(String name) throws IOException {
        try (InputStream bytes = Committed.class.getResourceAsStream("/platforms/" + name)) {
            if (bytes == null) {
                throw new IOException("no resource platforms/" + name);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return what a reader makes of all lines of a JSON Lines file */
    static List<Intake> lines(String name, Items items) throws IOException {
        List<Intake> found = new ArrayList<>();
        for (String line : text(name).lines().toList()) {
            found.addAll(read(line, items));
        }
        found.addAll(items.end());
        return found;
    }

    /** @return what a reader makes of all elements of a file that is one array */
    static List<Intake> elements(String name, Items items) throws IOException {
        List<Intake> found = new ArrayList<>();
        for (JsonNode element : JSON.readTree(text(name))) {
            found.addAll(items.read(element));
        }
        found.addAll(items.end());
        return found;
    }

    /** @return the committed files and payloads of a format or platform, whose names begin with its own */
    static List<String> namesOf(String format) throws IOException {
        URL folder = Objects.requireNonNull(Committed.class.getResource("/platforms"));
        try (Stream<Path> files = Files.list(Path.of(folder.getPath()))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(format + "[-.].*") && name.matches(".*\\.jsonl?"))
                    .sorted()
                    .toList();
        }
    }

    /** @return all items of a file: its lines, the elements of its array, or itself */
    static List<JsonNode> items(String name) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        if (name.endsWith(".jsonl")) {
            for (String line : text(name).lines().toList()) {
                items.add(JSON.readTree(line));
            }
            return items;
        }
        JsonNode whole = JSON.readTree(text(name));
        if (!whole.isArray()) {
            return List.of(whole);
        }
        whole.forEach(items::add);
        return items;
    }

    static JsonNode firstItem(String name) throws IOException {
        return items(name).get(0);
    }

    /** @return what a configuration in YAML says of platforms */
    static PlatformSettings settings(String yaml) {
        try {
            return PlatformSettings.of(new YAMLMapper().readTree(yaml));
        } catch (IOException | JsonRefusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @return what a reader makes of a text */
    static List<Intake> read(String text, Items items) {
        return items.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
