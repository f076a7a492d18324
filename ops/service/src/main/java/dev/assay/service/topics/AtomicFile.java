package dev.assay.service.topics;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all: written beside its place, moved there by {@link #commit}. */
public final class AtomicFile implements AutoCloseable {
    private final Path place;
    private final Path beside;
    private final BufferedWriter writer;

    /** @throws InvalidInputException if nothing can be written there */
    public AtomicFile(Path place) {
        this("--out", place);
    }

    /** @param name what the caller calls the place */
    public AtomicFile(String name, Path place) {
        this.place = place.toAbsolutePath();
        beside = this.place.resolveSibling(
                this.place.getFileName() + ".part-" + ProcessHandle.current().pid());
        try {
            writer = Files.newBufferedWriter(beside);
        } catch (IOException e) {
            throw new InvalidInputException(name + " must be a file that can be written, was " + place + ": " + e);
        }
    }

    /** @return writes into it; not to be closed */
    public Writer writer() {
        return writer;
    }

    public void line(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
    }

    public void commit() throws IOException {
        writer.close();
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without {@link #commit} nothing is left. */
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(beside);
    }
}
