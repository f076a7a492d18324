package dev.assay.streams.collect;

import dev.assay.schemas.admit.ComparisonKey;
import java.util.List;
import java.util.Optional;

/** Reads again which keys of an annotator stand on a partition of comparisons: the columns keep no keys, only hashes. */
public interface KeyLog {
    /**
     * Begins to read; returns at once.
     *
     * @param partition of the topic of comparisons
     * @param end offset up to which (exclusive) to read
     * @param annotatorId whose keys are wanted
     */
    Search search(int partition, long end, String annotatorId);

    /** One reading of a partition. */
    interface Search extends AutoCloseable {
        /**
         * @return the keys that have a value, once all is read; empty before
         * @throws IllegalStateException if reading failed; begin again
         */
        Optional<List<ComparisonKey>> keys();

        @Override
        void close();
    }
}
