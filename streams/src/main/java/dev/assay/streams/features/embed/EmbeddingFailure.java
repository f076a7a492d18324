package dev.assay.streams.features.embed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why texts have no vectors. Carries no stack trace: a server that is down fails at line rate. */
public final class EmbeddingFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** What to do about it. */
    public enum Remedy {
        /** The server may answer the same request later: it is busy, restarting or out of reach. */
        LATER,
        /** One of the texts may be at fault: ask for fewer at a time to find out which. */
        FEWER,
        /** Asking again gives the same. */
        NONE
    }

    private final Remedy remedy;
    private final @Nullable Duration retryAfter;

    private EmbeddingFailure(Remedy remedy, @Nullable Duration retryAfter, String message) {
        super(message, null, false, false);
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    /** @param retryAfter how long the server asks to be left alone; null if it did not say */
    static EmbeddingFailure later(@Nullable Duration retryAfter, String message) {
        return new EmbeddingFailure(Remedy.LATER, retryAfter, message);
    }

    static EmbeddingFailure fewer(String message) {
        return new EmbeddingFailure(Remedy.FEWER, null, message);
    }

    static EmbeddingFailure none(String message) {
        return new EmbeddingFailure(Remedy.NONE, null, message);
    }

    /** @return what to do about it */
    public Remedy remedy() {
        return remedy;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
