package dev.assay.lab.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system in memory for the data of one broker, so that it can be full without harm to anybody else. */
public final class Disk implements AutoCloseable {
    private static final String SIZE = "size=1g"; // A run needs a tenth of it; memory is taken as it is filled.
    private static final int[] BLOCKS = {1 << 20, 1 << 12}; // As much as fits, then what is left to the last page.

    private final Path folder;
    private final Path filling;
    private final Thread hook = new Thread(this::unmount, "unmount");

    /** @param folder to mount it at, made if it is not there */
    public Disk(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        filling = folder.resolve("filling");
        mount(folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @return why this machine has none; empty if it has */
    public static Optional<String> hindrance() {
        try {
            Path folder = Files.createTempDirectory("assay-disk-");
            try {
                mount(folder);
                call("umount", folder.toString());
                return Optional.empty();
            } finally {
                Files.delete(folder);
            }
        } catch (IOException e) {
            return Optional.of("no tmpfs can be mounted here: " + e.getMessage());
        }
    }

    /** Nothing can be written to it any more. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filling)) {
            for (int block : BLOCKS) {
                fill(out, new byte[block]);
            }
        }
    }

    private static void fill(OutputStream out, byte[] block) {
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // No space left, as it should be.
        }
    }

    public void empty() throws IOException {
        Files.deleteIfExists(filling);
    }

    public boolean full() {
        return Files.exists(filling);
    }

    /** Unmounts it. What was on it is in the folder then: there may be something to look into. */
    @Override
    public void close() throws IOException {
        empty();
        Path kept = folder.resolveSibling(folder.getFileName() + ".kept");
        try {
            call("cp", "-a", folder.toString(), kept.toString());
        } finally {
            unmount();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        Files.delete(folder);
        Files.move(kept, folder);
    }

    /** Lazily: whoever has a file open there keeps it to its end. */
    private void unmount() {
        try {
            call("umount", "--lazy", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mount(Path folder) throws IOException {
        call("mount", "-t", "tmpfs", "-o", SIZE, "assay-chaos", folder.toString());
    }

    private static void call(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
    }
}
