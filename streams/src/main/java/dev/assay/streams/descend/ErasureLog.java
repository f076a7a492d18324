package dev.assay.streams.descend;

import java.util.Optional;

/**
 * Reads again what topics say of erasures, beside the stream: what a coordinator read and remembered may have been lost with a
 * transaction, and an erasure must not be.
 */
public interface ErasureLog {
    /** Begins to read; returns at once. */
    Reading read();

    /** One reading, which begins again by itself until it comes to its end. */
    interface Reading extends AutoCloseable {
        /** @return what there was, once all is read; empty before */
        Optional<ErasureHistory> history();

        @Override
        void close();
    }
}
