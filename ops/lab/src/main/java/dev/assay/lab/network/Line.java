package dev.assay.lab.network;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One direction of a way. What is held passes at once, in its order, when the trouble is over. */
public final class Line {
    private @Nullable Trouble trouble;

    /** From now on, and in place of what was before. */
    public synchronized void suffer(Trouble begun) {
        trouble = begun;
        notifyAll();
    }

    /** All is well again. */
    public synchronized void mend() {
        trouble = null;
        notifyAll();
    }

    /** Returns when that many bytes may pass. */
    synchronized void pass(int bytes) throws InterruptedException {
        Trouble met = trouble;
        if (met == null) {
            return;
        }
        long begun = System.nanoTime();
        long holds = met.holdsNanos(bytes, begun);
        for (long left = holds; trouble == met && left > 0; left = holds - (System.nanoTime() - begun)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
