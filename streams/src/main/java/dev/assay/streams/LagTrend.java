package dev.assay.streams;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether lag grows: the least of ten seconds is above the least of the ten before, four times on end, and more waits than was
 * processed in them. A burst that is being worked off does not do that, nor does lag that is large because judgments come fast.
 */
final class LagTrend {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int WINDOWS = 4;

    private @Nullable Window open;
    private double leastBefore;
    private int grown;
    private long grownSince;
    private long latest;

    /** Ten seconds. */
    private static final class Window {
        private final long began;
        private final double processedBefore;
        private double least;

        Window(long began, double processedBefore, double least) {
            this.began = began;
            this.processedBefore = processedBefore;
            this.least = least;
        }
    }

    /**
     * Looks again.
     *
     * @param nanos when
     * @param lag records that wait
     * @param processed records, ever
     */
    void look(long nanos, double lag, double processed) {
        latest = nanos;
        Window window = open;
        if (window != null && nanos - window.began < WINDOW.toNanos()) {
            window.least = Math.min(window.least, lag);
            return;
        }
        if (window != null) {
            boolean grows = window.least > leastBefore && window.least > processed - window.processedBefore;
            if (grows && grown == 0) {
                grownSince = window.began;
            }
            grown = grows ? grown + 1 : 0;
            leastBefore = window.least;
        }
        open = new Window(nanos, processed, lag);
    }

    /** @return for how long it has been growing; 0: it does not */
    long seconds() {
        return grown < WINDOWS ? 0 : Duration.ofNanos(latest - grownSince).toSeconds();
    }
}
