package dev.assay.streams.collect;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * Part of a task that is not taken up again. Kafka Streams takes up a task that it calls corrupted with the same stores and
 * processors; after a lost quorum such a shard went on almost empty, as if it were whole. Refused, its thread ends, and the one
 * in its place restores everything anew.
 */
public final class TakenUpOnce {
    private boolean taken;

    /** @throws StreamsException the second time */
    public void take(String what) {
        if (taken) {
            throw new StreamsException(what + " is not taken up again, but restored by another thread");
        }
        taken = true;
    }
}
