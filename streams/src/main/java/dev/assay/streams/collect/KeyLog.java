package dev.assay.streams.collect;

import dev.assay.schemas.admit.ComparisonKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads again which keys of annotators stand on a partition of comparisons: the columns keep no keys, only hashes. */
public interface KeyLog {
    /**
     * Begins to read, for all annotators at once; returns at once.
     *
     * @param partition of the topic of comparisons
     * @param ends whose keys are wanted, each with the offset up to which (exclusive) they are: what comes later is refused
     */
    Search search(int partition, Map<String, Long> ends);

    /** One reading of a partition. */
    interface Search extends AutoCloseable {
        /**
         * @return the keys that have a value, once all is read; empty before
         * @throws IllegalStateException if reading failed, of an error too; begin again
         */
        Optional<List<ComparisonKey>> keys();

        @Override
        void close();
    }
}
