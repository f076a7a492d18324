package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of JSON objects, one a line, perhaps packed. */
public final class JsonLines {
    private JsonLines() {}

    /** Takes one object. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(JsonPlace object) throws JsonRefusal, E;
    }

    /**
     * Reads all lines that are not blank, in their order; all must be as their reader expects.
     *
     * @throws InvalidInputException naming file, line, field, bound and value
     */
    public static <E extends Exception> void read(Path file, Each<E> each) throws IOException, E {
        items(file, new ItemTaker<E>() {
            @Override
            public void item(Place place, JsonNode item) throws E {
                try {
                    each.take(JsonPlace.whole(item).object());
                } catch (JsonRefusal e) {
                    refused(place, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void refused(Place place, String why) {
                throw new InvalidInputException(file + " " + place.said() + ": " + why);
            }

            @Override
            public void passedOver(Place place, String why) {}
        });
    }

    /** Hands over what stands on each line that is not blank, in their order. */
    public static <E extends Exception> void items(Path file, ItemTaker<E> taker) throws IOException, E {
        try (TextReader text = new TextReader(Unpacked.of(Files.newInputStream(file), file.toString()), null)) {
            LineItems items = new LineItems(text);
            items.read(taker);
            if (text.broken() != null) {
                taker.refused(Place.line(items.lines() + 1), "the file cannot be read to its end: " + text.broken());
            }
        }
    }
}
