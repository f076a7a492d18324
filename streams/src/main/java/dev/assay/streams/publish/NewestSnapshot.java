package dev.assay.streams.publish;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the newest snapshot of each model, as bytes, in a store that is nothing but the topic of parameters. */
public final class NewestSnapshot extends ContextualProcessor<String, byte[], Void, Void> {
    private final String storeName;

    /** @param storeName of a {@code KeyValueStore<String, byte[]>} */
    public NewestSnapshot(String storeName) {
        this.storeName = storeName;
    }

    @Override
    public void process(Record<String, byte[]> snapshot) {
        KeyValueStore<String, byte[]> newest = context().getStateStore(storeName);
        newest.put(snapshot.key(), snapshot.value());
    }
}
