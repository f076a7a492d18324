package dev.assay.service.ingest;

import dev.assay.service.ingest.files.Place;
import dev.assay.service.ingest.formats.NeutralFolder;
import java.nio.file.Path;
import java.util.List;

/** A folder in the neutral format. */
record FolderSource(Path folder) implements IngestSource {
    @Override
    public String said() {
        return folder + ": folder in the neutral format";
    }

    @Override
    public void read(Each each) throws Exception {
        Place[] last = {Place.line("judgments.jsonl", 0)};
        NeutralFolder.read(folder, (place, intake) -> {
            last[0] = place;
            each.take(place, List.of(intake));
        });
        each.take(last[0], List.of());
    }

    @Override
    public boolean resumable() {
        return false; // two files, the second of which gives the first its meaning
    }

    @Override
    public boolean grows() {
        return false;
    }
}
