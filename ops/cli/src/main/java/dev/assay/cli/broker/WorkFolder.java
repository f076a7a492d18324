package dev.assay.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is deleted with all in it on close.
 *
 * @param path where
 */
public record WorkFolder(Path path) implements AutoCloseable {
    public static WorkFolder temporary() throws IOException {
        return new WorkFolder(Files.createTempDirectory("assay-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
