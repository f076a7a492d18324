package dev.assay.streams.collect;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest record of each key, as bytes, in a store that is nothing but its topic.
 *
 * @param <K> the key
 */
public final class NewestRecord<K> extends ContextualProcessor<K, byte[], Void, Void> {
    private final String storeName;

    /** @param storeName of a {@code KeyValueStore<K, byte[]>} */
    public NewestRecord(String storeName) {
        this.storeName = storeName;
    }

    @Override
    public void process(Record<K, byte[]> received) {
        KeyValueStore<K, byte[]> newest = context().getStateStore(storeName);
        newest.put(received.key(), received.value());
    }
}
