package dev.assay.streams.wire.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits without that time passes elsewhere. */
final class FakePatience implements Patience {
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable during = () -> {};
    private long nanos;

    /** @return how long it was waited, each time */
    List<Duration> pauses() {
        return pauses;
    }

    /** What happens in every pause. */
    void meanwhile(Runnable during) {
        this.during = during;
    }

    /** Lets time pass. */
    void pass(Duration duration) {
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
