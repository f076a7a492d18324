package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a file handed over, each thing as a line of text with its place before it. */
final class Collected implements ItemTaker<RuntimeException> {
    private final List<String> said = new ArrayList<>();

    static List<String> of(Path file) throws IOException {
        return of(file, FileSettings.FOUND);
    }

    static List<String> of(Path file, FileSettings settings) throws IOException {
        Collected collected = new Collected();
        ItemFile.open(file, settings).read(collected);
        return collected.said;
    }

    @Override
    public void item(Place place, JsonNode item) {
        said.add(place.said() + " " + item);
    }

    @Override
    public void refused(Place place, String why) {
        said.add(place.said() + " refused: " + why);
    }

    @Override
    public void passedOver(Place place, String why) {
        said.add(place.said() + " passed over: " + why);
    }
}
