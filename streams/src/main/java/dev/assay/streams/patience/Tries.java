package dev.assay.streams.patience;

import java.time.Duration;

/**
 * The tries of one request to somebody who may not answer: again after 0.1, 0.2, 0.4 … s, at most 5 s, or as long as the one
 * asked wishes, while the next try still begins within the whole time allowed.
 */
public final class Tries {
    /** Longest time from the first to the last try of a request that holds up a thread. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Patience patience;
    private final long deadlineNanos;
    private final int most;
    private Duration pause = FIRST_PAUSE;
    private int made = 1;

    /**
     * The first begins now.
     *
     * @param longest the whole time allowed
     * @param most tries in all, at least 1
     */
    public Tries(Patience patience, Duration longest, int most) {
        this.patience = patience;
        this.most = most;
        deadlineNanos = patience.nanos() + longest.toNanos();
    }

    /** As many as there is time for. */
    public Tries(Patience patience, Duration longest) {
        this(patience, longest, Integer.MAX_VALUE);
    }

    /** @return how many there were, the one under way included */
    public int made() {
        return made;
    }

    /**
     * One has failed: waits for the next.
     *
     * @return false, at once, if there is none
     */
    public boolean again() throws InterruptedException {
        return again(Duration.ZERO);
    }

    /** @param wished how long the one asked wants to be left alone at the least */
    public boolean again(Duration wished) throws InterruptedException {
        Duration next = wished.compareTo(pause) > 0 ? wished : pause;
        if (made >= most || patience.nanos() + next.toNanos() - deadlineNanos > 0) {
            return false;
        }
        patience.pause(next);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        made++;
        return true;
    }
}
