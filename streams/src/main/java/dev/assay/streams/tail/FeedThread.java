package dev.assay.streams.tail;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a feed, which follows topics until it is closed and waits a moment before it tries again. */
public final class FeedThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedThread.class);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param feed ends soon after {@link #closed} */
    public FeedThread(Runnable feed, String name) {
        thread = new Thread(feed, name);
        thread.setDaemon(true);
    }

    /** Begins to run. */
    public void start() {
        thread.start();
    }

    /** @return false once it has died, of an error that the feed could not mend */
    public boolean alive() {
        return thread.isAlive();
    }

    /** @return whether the feed is to end */
    public boolean closed() {
        return closing.getCount() == 0;
    }

    /** Lets a moment pass, or less if it is closed meanwhile. */
    public void pause() {
        try {
            if (closing.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atDebug().log("closed while waiting to try again");
            }
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    /** Asks the feed to end, and waits for it a while. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(END_WITHIN.toMillis()); // Interrupted, a consumer would complain in the log.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
