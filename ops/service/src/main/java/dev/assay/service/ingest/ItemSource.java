package dev.assay.service.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.files.ItemFile;
import dev.assay.service.ingest.files.ItemTaker;
import dev.assay.service.ingest.files.Place;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Items;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file of items, each read by the reader of one format. */
final class ItemSource implements IngestSource {
    private static final int MOST_COLUMNS = 10_000;

    private final ItemFile file;
    private final Format format;
    private final Reading reading;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, long[]> present = new HashMap<>();

    ItemSource(ItemFile file, Format format, Reading reading) {
        this.file = file;
        this.format = format;
        this.reading = reading;
    }

    @Override
    public String said() {
        return file.name() + ": " + format.name() + (reading.format() == null ? ", as its first item shows" : "")
                + file.said();
    }

    @Override
    public void read(Each each) throws Exception {
        Path name = Path.of(file.name()).getFileName();
        Items items = format.items(reading.settings(), String.valueOf(name));
        Place[] last = {Place.START};
        file.read(new ItemTaker<Exception>() {
            @Override
            public void item(Place place, JsonNode item) throws Exception {
                count(item);
                take(place.called(item.get("id")), read(items, item));
            }

            @Override
            public void refused(Place place, String why) throws Exception {
                take(place, List.of(new Intake.NotUnderstood(why)));
            }

            @Override
            public void passedOver(Place place, String why) throws Exception {
                take(place, List.of(new Intake.Ignored(why)));
            }

            private void take(Place place, List<Intake> asks) throws Exception {
                last[0] = place;
                each.take(place, asks);
            }
        });
        each.take(last[0], items.end());
    }

    private List<Intake> read(Items items, JsonNode item) {
        try {
            return named(
                    item.path("annotations"),
                    items.read(JsonPlace.whole(item, asked).object()));
        } catch (JsonRefusal e) {
            return List.of(Intake.NotUnderstood.because(e));
        }
    }

    /** Of several annotations of one task, which of them it is that is not understood. */
    private static List<Intake> named(JsonNode annotations, List<Intake> asked) {
        if (!annotations.isArray() || annotations.size() != asked.size()) {
            return asked;
        }
        List<Intake> named = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            JsonNode id = annotations.get(i).path("id");
            named.add(
                    asked.get(i) instanceof Intake.NotUnderstood not && id.isValueNode()
                            ? new Intake.NotUnderstood("annotation " + id.asText() + ": " + not.why())
                            : asked.get(i));
        }
        return named;
    }

    private void count(JsonNode item) {
        item.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                long[] count = present.get(member.getKey());
                if (count != null) {
                    count[0]++;
                } else if (present.size() < MOST_COLUMNS) {
                    present.put(member.getKey(), new long[] {1});
                }
            }
        });
    }

    @Override
    public boolean resumable() {
        return file.rereadable();
    }

    @Override
    public boolean grows() {
        return file.grows();
    }

    @Override
    public Map<String, Long> passedOver() {
        Map<String, Long> passed = new HashMap<>();
        present.forEach((name, count) -> {
            if (!asked.contains(name)) {
                passed.put(name, count[0]);
            }
        });
        return passed;
    }

    @Override
    public long bytesRead() {
        return file.bytesRead();
    }
}
