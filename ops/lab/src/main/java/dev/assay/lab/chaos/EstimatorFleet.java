package dev.assay.lab.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The estimators of one run, by slot: each a child process. */
final class EstimatorFleet implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-DASSAY_LOG_LEVEL_OTHERS=WARN", "-DASSAY_LOG_LEVEL=INFO");
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);

    private final Children children;
    private final IntFunction<Path> configs;
    private final Path folder;
    private final List<String> options;
    private final Map<Integer, ChildJvm> running = new TreeMap<>();
    private final List<ChildJvm> leaving = new ArrayList<>();
    private int diedByThemselves;

    /** @param configs the config file for a slot, which differs in the way to the brokers */
    EstimatorFleet(Children children, IntFunction<Path> configs, Path folder) {
        this.children = children;
        this.configs = configs;
        this.folder = folder;
        // Who is killed does not tidy up.
        options = Stream.concat(OPTIONS.stream(), Stream.of("-Djava.io.tmpdir=" + folder))
                .toList();
    }

    void start(int slot) {
        ChildJvm before = running.get(slot);
        if (before == null || !before.alive()) {
            running.put(
                    slot,
                    children.start(
                            "estimator " + slot,
                            folder.resolve("estimator-" + slot + ".log"),
                            options,
                            List.of("estimator", "--config", configs.apply(slot).toString())));
        }
    }

    void kill(int slot) {
        Optional.ofNullable(running.remove(slot)).ifPresent(ChildJvm::kill);
    }

    void terminate(int slot) {
        ChildJvm child = running.remove(slot);
        if (child != null) {
            child.resume(); // A paused process takes no signal but SIGKILL.
            child.terminate();
            leaving.add(child);
        }
    }

    void pause(int slot) {
        Optional.ofNullable(running.get(slot)).ifPresent(ChildJvm::pause);
    }

    void resume(int slot) {
        Optional.ofNullable(running.get(slot)).ifPresent(ChildJvm::resume);
    }

    /** Starts again what ended without having been asked to, as a supervisor would. */
    void supervise() {
        for (int slot : List.copyOf(running.keySet())) {
            ChildJvm child = running.get(slot);
            if (child != null && !child.alive()) {
                diedByThemselves++;
                start(slot);
            }
        }
    }

    /** @return how often an estimator ended by itself */
    int diedByThemselves() {
        return diedByThemselves;
    }

    /** Everything in {@code slots} runs and nothing is paused. */
    void heal(int slots) {
        running.values().forEach(ChildJvm::resume);
        for (int slot = 0; slot < slots; slot++) {
            start(slot);
        }
    }

    /** In order, so that the last words are in the logs; whoever takes too long is killed. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::terminate);
        for (ChildJvm child : leaving) {
            try {
                if (!child.awaitEnd(ENDS_WITHIN)) {
                    child.kill();
                }
            } catch (InterruptedException e) {
                child.kill();
                Thread.currentThread().interrupt();
            }
        }
    }
}
