package dev.assay.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --mapping} option of every command that reads what platforms write. */
public final class MappingOption {
    @Option(names = "--mapping", paramLabel = "FILE")
    private @Nullable Path mapping;

    /** @return the file; null: the usual ways */
    public @Nullable Path file() {
        return mapping;
    }
}
