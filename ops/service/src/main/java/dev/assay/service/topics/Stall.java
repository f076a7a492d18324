package dev.assay.service.topics;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notices that what somebody waits for does not move, and says why, the same only once. */
public final class Stall {
    private final long afterNanos;
    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private @Nullable Object seen;
    private long since;
    private @Nullable String said;

    /**
     * Starts to count.
     *
     * @param after so long without a change is worth a word
     * @param say takes it
     */
    public Stall(Duration after, Consumer<String> say) {
        this(after, say, System::nanoTime);
    }

    public Stall(Duration after, Consumer<String> say, LongSupplier nanoTime) {
        afterNanos = after.toNanos();
        this.say = say;
        this.nanoTime = nanoTime;
        since = nanoTime.getAsLong();
    }

    /** For those who need not hear of it. */
    static Stall unsaid() {
        return new Stall(Duration.ofDays(1), message -> {});
    }

    /**
     * Looks at where things are.
     *
     * @param state equal to that of the last look if nothing moved
     * @param why what is waited for; asked only when it is to be said
     */
    void look(Object state, Supplier<String> why) {
        long now = nanoTime.getAsLong();
        if (!state.equals(seen)) {
            seen = state;
            since = now;
        } else if (now - since >= afterNanos) {
            since = now;
            String reason = why.get();
            if (!Objects.equals(reason, said)) {
                said = reason;
                say.accept(reason);
            }
        }
    }
}
