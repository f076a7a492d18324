package dev.assay.lab.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scorer of one run, a child process; where it ends without having been asked to it is started again. */
public final class ScorerChild implements AutoCloseable {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
    /** A scorer that cannot start is a finding, and no reason to try for ever. */
    private static final int MOST_EXITS = 20;

    private final Children children;
    private final Path config;
    private final Path folder;
    private @Nullable ChildJvm running;
    private int diedByItself;

    public ScorerChild(Children children, Path config, Path folder) {
        this.children = children;
        this.config = config;
        this.folder = folder;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what comes of its end is in ended()
    public synchronized void start() {
        if (running == null && diedByItself < MOST_EXITS) {
            ChildJvm child = children.start(
                    "scorer",
                    folder.resolve("scorer.log"),
                    List.of("-Xmx200m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder),
                    List.of("scorer", "--config", config.toString(), "--port", "0"));
            running = child;
            child.process().onExit().thenRun(() -> ended(child));
        }
    }

    public synchronized void kill() {
        ChildJvm child = running;
        running = null; // Before it ends, so that this end is no surprise.
        if (child != null) {
            child.kill();
        }
    }

    private synchronized void ended(ChildJvm child) {
        if (child.equals(running)) {
            running = null;
            diedByItself++;
            start();
        }
    }

    /** @return how often it ended by itself */
    public synchronized int diedByItself() {
        return diedByItself;
    }

    @Override
    public void close() {
        ChildJvm child = takeAway();
        if (child != null) {
            child.terminate();
            child.awaitEndOrKill(ENDS_WITHIN);
        }
    }

    private synchronized @Nullable ChildJvm takeAway() {
        ChildJvm child = running;
        running = null;
        return child;
    }
}
