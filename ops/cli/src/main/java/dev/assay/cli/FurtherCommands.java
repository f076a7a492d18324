package dev.assay.cli;

import java.util.List;

/**
 * Subcommands from another jar on the class path, found by {@link java.util.ServiceLoader}. What proves the engine, studies
 * and the fault harness, is typed like everything else and yet not in the production image.
 */
public interface FurtherCommands {
    /** Each a class with picocli's {@code @Command}. */
    List<Object> commands();
}
