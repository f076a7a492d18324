package dev.assay.cli.command;

import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.files.FileSettings;
import dev.assay.service.ingest.formats.Formats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How files of judgments are read: the options of every command that reads some. */
public final class ReadingOptions {
    @Option(names = "--format", paramLabel = "FORMAT", completionCandidates = FormatNames.class)
    private String format = "auto";

    @Option(names = "--columns", paramLabel = "COLUMNS")
    private @Nullable String columns;

    @Mixin
    private FileOptions written = new FileOptions();

    @Mixin
    private MappingOption mapping = new MappingOption();

    @Option(names = "--label-config", paramLabel = "FILE")
    private @Nullable Path labelConfig;

    /** What --help and completion offer. */
    static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Formats.names().iterator();
        }
    }

    /** @throws dev.assay.service.topics.InvalidInputException naming option, bound and value */
    public IngestSource.Reading reading() throws IOException {
        return IngestSource.Reading.of(format, mapping.file(), labelConfig, columns)
                .with(written.settings());
    }

    /** @return how the bytes of files are written */
    public FileSettings written() {
        return written.settings();
    }

    /** @return whether anything but the usual was asked for */
    public boolean given() {
        return !format.equals("auto")
                || columns != null
                || mapping.file() != null
                || labelConfig != null
                || !written.settings().equals(FileSettings.FOUND);
    }
}
