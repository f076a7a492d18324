package dev.assay.streams.patience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits without that time passes elsewhere. */
public final class FakePatience implements Patience {
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable during = () -> {};
    private long nanos;

    /** @return how long it was waited, each time */
    public List<Duration> pauses() {
        return pauses;
    }

    /** What happens in every pause. */
    public void meanwhile(Runnable during) {
        this.during = during;
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
        pass(duration);
        during.run();
    }
}
