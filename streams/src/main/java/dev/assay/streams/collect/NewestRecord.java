package dev.assay.streams.collect;

import dev.assay.streams.quarantine.Usable;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest record of each key, as bytes, in a store that is nothing but its topic. One that cannot be used is not
 * taken over; but Kafka Streams restores the store without asking, so that whoever reads it may find one, and takes it for
 * none.
 *
 * @param <K> the key
 */
public final class NewestRecord<K> extends ContextualProcessor<K, byte[], Void, Void> {
    private final String storeName;
    private final Check<K> check;

    /**
     * What a record with a value must be.
     *
     * @param <K> the key
     */
    public interface Check<K> {
        /** @throws dev.assay.streams.quarantine.UnusableRecordException if it is not */
        void check(int partition, K key, byte[] value);
    }

    /**
     * @param storeName of a {@code KeyValueStore<K, byte[]>}
     * @param check of all but tombstones
     */
    public NewestRecord(String storeName, Check<K> check) {
        this.storeName = storeName;
        this.check = check;
    }

    @Override
    public void process(Record<K, byte[]> received) {
        Usable.key(received.key() != null, "there");
        if (received.value() != null) {
            check.check(context().taskId().partition(), received.key(), received.value());
        }
        KeyValueStore<K, byte[]> newest = context().getStateStore(storeName);
        newest.put(received.key(), received.value());
    }
}
