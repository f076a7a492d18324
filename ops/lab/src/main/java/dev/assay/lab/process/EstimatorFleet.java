package dev.assay.lab.process;

import dev.assay.cli.broker.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The estimators of one run, by slot: each a child process. */
public final class EstimatorFleet implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-DASSAY_LOG_LEVEL_OTHERS=WARN", "-DASSAY_LOG_LEVEL=INFO");
    private static final String THIS_BUILD = System.getProperty("java.class.path");
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);

    private final Children children;
    private final IntFunction<Path> configs;
    private final Path folder;
    private final @Nullable FakeClocks clocks;
    private String classPath;
    private final Map<Integer, ChildJvm> running = new TreeMap<>();
    private final List<ChildJvm> leaving = new ArrayList<>();
    private int diedByThemselves;

    /**
     * @param configs the config file for a slot, which differs in the way to the brokers
     * @param from class path of the build that estimators are of until they are upgraded; null: this one
     * @param clocks theirs, where those are to jump; null: the machine's
     */
    public EstimatorFleet(
            Children children,
            IntFunction<Path> configs,
            Path folder,
            @Nullable String from,
            @Nullable FakeClocks clocks) {
        this.children = children;
        this.configs = configs;
        this.folder = folder;
        this.clocks = clocks;
        classPath = from == null ? THIS_BUILD : from;
    }

    public void start(int slot) {
        ChildJvm before = running.get(slot);
        if (before == null || !before.alive()) {
            try {
                running.put(slot, launch(slot));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start estimator " + slot, e);
            }
        }
    }

    private ChildJvm launch(int slot) throws IOException {
        return children.start(
                "estimator " + slot,
                folder.resolve("estimator-" + slot + ".log"),
                // Who is killed does not tidy up.
                Stream.concat(OPTIONS.stream(), Stream.of("-Djava.io.tmpdir=" + Files.createDirectories(state(slot))))
                        .toList(),
                List.of("estimator", "--config", configs.apply(slot).toString()),
                classPath,
                clocks == null ? Map.of() : clocks.environment(slot));
    }

    private Path state(int slot) {
        return folder.resolve("state-" + slot);
    }

    /** What it has on its disk; it must be gone. */
    public void deleteState(int slot) throws IOException {
        if (Files.exists(state(slot))) {
            new WorkFolder(state(slot)).close();
        }
    }

    /** Who starts from now on is of the harness's own build. */
    public void becomeThisBuild() {
        classPath = THIS_BUILD;
    }

    public void jumpClock(int slot) throws IOException {
        Objects.requireNonNull(clocks).jump(slot);
    }

    public void setClock(int slot) throws IOException {
        Objects.requireNonNull(clocks).back(slot);
    }

    public void kill(int slot) {
        Optional.ofNullable(running.remove(slot)).ifPresent(ChildJvm::kill);
    }

    public void terminate(int slot) {
        ChildJvm child = running.remove(slot);
        if (child != null) {
            child.resume(); // A paused process takes no signal but SIGKILL.
            child.terminate();
            leaving.add(child);
        }
    }

    public void pause(int slot) {
        Optional.ofNullable(running.get(slot)).ifPresent(ChildJvm::pause);
    }

    public void resume(int slot) {
        Optional.ofNullable(running.get(slot)).ifPresent(ChildJvm::resume);
    }

    /** Starts again what ended without having been asked to, as a supervisor would. */
    public void supervise() {
        for (int slot : List.copyOf(running.keySet())) {
            ChildJvm child = running.get(slot);
            if (child != null && !child.alive()) {
                diedByThemselves++;
                start(slot);
            }
        }
    }

    /** Each tells in its log what its threads are doing. */
    public void tellThreads() {
        running.values().forEach(ChildJvm::tellThreads);
    }

    /** @return how often an estimator ended by itself */
    public int diedByThemselves() {
        return diedByThemselves;
    }

    /** Everything in {@code slots} runs and nothing is paused. */
    public void heal(int slots) {
        running.values().forEach(ChildJvm::resume);
        for (int slot = 0; slot < slots; slot++) {
            start(slot);
        }
    }

    /** In order. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::terminate);
        leaving.forEach(child -> child.awaitEndOrKill(ENDS_WITHIN));
        leaving.clear();
    }
}
