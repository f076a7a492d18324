package dev.assay.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a role's process on its machine: a folder that one living process holds, by a lock that ends with it, and
 * under which its successor finds its identity. Whoever takes up the identity of one that was killed can end at once what
 * that one had begun.
 */
final class ProcessSlot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessSlot.class);

    private final Path folder;
    private final FileChannel lock;
    private final String identity;

    private ProcessSlot(Path folder, FileChannel lock, String identity) {
        this.folder = folder;
        this.lock = lock;
        this.identity = identity;
    }

    /**
     * Takes the first slot that nobody holds.
     *
     * @param slots the folder of all
     */
    static ProcessSlot claim(Path slots) {
        try {
            for (int number = 0; ; number++) {
                Path folder = Files.createDirectories(slots.resolve(Integer.toString(number)));
                FileChannel lock = locked(folder.resolve("lock"));
                if (lock != null) {
                    return new ProcessSlot(folder, lock, identity(folder.resolve("identity")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the state folder " + slots, e);
        }
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held in this very process
        }
        channel.close();
        return null;
    }

    private static String identity(Path file) throws IOException {
        String known = Files.exists(file) ? Files.readString(file) : "";
        if (!known.isBlank()) {
            return known;
        }
        String unique = UUID.randomUUID().toString();
        Files.writeString(file, unique);
        return unique;
    }

    /** @return for files that need not outlive the process */
    Path folder() {
        return folder;
    }

    /** @return unique among all processes of all machines, the same for the next one that takes this slot */
    String identity() {
        return identity;
    }

    /** As the end of the process does. */
    void release() throws IOException {
        lock.close();
    }

    /** Nothing is left to take up. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            release();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", folder).log("state folder is left behind");
        }
    }
}
