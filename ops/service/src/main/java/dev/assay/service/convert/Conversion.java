package dev.assay.service.convert;

import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.IngestTally;
import dev.assay.service.ingest.JudgmentFiles;
import dev.assay.service.ingest.files.FileNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files of judgments, read as an ingest reads them, written in another layout, one judgment at a time. */
public final class Conversion {
    private final Layout layout;
    private final Path out;
    private final JudgmentFiles files;
    private final Map<String, Long> remarks = new TreeMap<>();

    /** @param refused hears what could not be read or written */
    public Conversion(Layout layout, Path out, IngestSink.Refused refused) {
        this.layout = layout;
        this.out = out;
        files = new JudgmentFiles(refused);
    }

    /**
     * @param replacing whether what stands at the place may go
     * @return what was written, for people
     */
    public String run(List<Path> in, IngestSource.Reading reading, boolean replacing) throws Exception {
        try (ConvertedFiles written = layout.open(out, replacing, words -> remarks.merge(words, 1L, Long::sum))) {
            for (Path file : FileNames.of(in)) {
                files.read(file, reading, (where, judged) -> {
                    Optional<String> why = written.take(judged);
                    why.ifPresent(words -> files.refuse(where, "CANNOT_BE_WRITTEN", words));
                    return why.isEmpty();
                });
            }
            written.commit();
            return written.written() + " written to " + out;
        }
    }

    public IngestTally tally() {
        return files.tally();
    }

    /** The tally, and what was written otherwise than it came. */
    public void print(PrintWriter to) {
        files.tally().print(to, false);
        remarks.forEach((words, count) -> to.println(String.format(Locale.ROOT, "%-44s %,12d", words, count)));
    }
}
