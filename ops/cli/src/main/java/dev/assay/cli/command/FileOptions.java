package dev.assay.cli.command;

import dev.assay.service.ingest.files.FileSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are written where they do not show it: options of every command that reads people's files. */
public final class FileOptions {
    @Option(names = "--encoding", paramLabel = "NAME")
    private @Nullable String encoding;

    @Option(names = "--delimiter", paramLabel = "CHARACTER")
    private @Nullable String delimiter;

    @Option(names = "--decimal-comma", negatable = true)
    private @Nullable Boolean decimalComma;

    /** @return what was said; what was not is found */
    public FileSettings settings() {
        return FileSettings.of(encoding, delimiter, decimalComma);
    }
}
