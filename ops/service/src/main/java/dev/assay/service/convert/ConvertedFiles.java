package dev.assay.service.convert;

import dev.assay.service.ingest.formats.Intake;
import java.io.IOException;
import java.util.Optional;

/** Where judgments are written: files that are there whole or not at all. */
public interface ConvertedFiles extends AutoCloseable {
    /** @return why it cannot be written; empty: it was */
    Optional<String> take(Intake.Judged judged) throws IOException;

    /** @return how much of what, for people */
    String written();

    /** Puts the files where they belong. */
    void commit() throws IOException;

    /** Without {@link #commit} nothing is left. */
    @Override
    void close() throws IOException;
}
