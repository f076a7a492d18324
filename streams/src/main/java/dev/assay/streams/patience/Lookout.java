package dev.assay.streams.patience;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something every so often, in a thread of its own that ends with the process. */
public final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final ScheduledExecutorService looking;
    private final String name;

    /** @param name of the thread */
    public Lookout(String name) {
        this.name = name;
        looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to look; a look that fails is told, and followed by the next. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what it fails of
    public void start(Duration every, Runnable look) {
        Runnable told = () -> {
            try {
                look.run();
            } catch (RuntimeException e) { // Thrown on, it would be the last look, and nobody would hear of it.
                LOG.atError().addKeyValue("lookout", name).setCause(e).log("could not look");
            }
        };
        looking.scheduleWithFixedDelay(told, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
