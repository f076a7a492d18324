package dev.assay.streams.adapt.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The payloads and files under {@code platforms/}: of the documented shape, written by us. */
final class Committed {
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
            found.addAll(Json.read(line.getBytes(StandardCharsets.UTF_8), items));
        }
        found.addAll(items.end());
        return found;
    }

    /** @return what a reader makes of a text */
    static List<Intake> read(String text, Items items) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), items);
    }
}
