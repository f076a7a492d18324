package dev.assay.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The clocks of processes as libfaketime shows them: by an offset that stands in a file, which it reads once a second. */
public final class FakeClocks {
    private static final Duration FARTHEST = Duration.ofDays(10);

    private final Path folder;
    private final SplittableRandom random;

    /** @param folder of the files */
    public FakeClocks(Path folder, long seed) {
        this.folder = folder;
        random = new SplittableRandom(seed);
    }

    /** @return the library, where it is installed */
    public static Optional<Path> library() {
        return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketime.so.1"))
                .filter(Files::exists)
                .findFirst();
    }

    /** What a process needs in its environment; its clock is right until it jumps. */
    public Map<String, String> environment(int process) throws IOException {
        if (!Files.exists(file(process))) {
            show(process, 0);
        }
        return Map.of(
                "LD_PRELOAD",
                library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file(process).toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // Who waits for a second waits for a second.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Without this the library takes the JVM's waits for those of another clock, and none of them waits at
                // all.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    /** Up to ten days forward or back. */
    public void jump(int process) throws IOException {
        show(process, random.nextLong(-FARTHEST.toSeconds(), FARTHEST.toSeconds()));
    }

    public void back(int process) throws IOException {
        show(process, 0);
    }

    /** Whole, or the library would read half an offset. */
    private void show(int process, long seconds) throws IOException {
        Path written =
                Files.writeString(folder.resolve("clock-" + process + ".new"), (seconds < 0 ? "" : "+") + seconds);
        Files.move(written, file(process), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(int process) {
        return folder.resolve("clock-" + process);
    }
}
