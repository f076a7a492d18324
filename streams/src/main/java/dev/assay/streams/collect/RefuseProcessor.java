package dev.assay.streams.collect;

import dev.assay.schemas.admit.ComparisonKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Answers a comparison of an erased annotator, late or sent again, by its tombstone. This is the one place that every
 * comparison passes in the order of the topic, so none can slip by.
 */
public final class RefuseProcessor extends ContextualProcessor<byte[], byte[], ComparisonKey, @Nullable Object> {
    private final String storeName;
    private final Counter erased;

    /**
     * @param storeName the shard's store
     * @param meters counts
     */
    public RefuseProcessor(String storeName, MeterRegistry meters) {
        this.storeName = storeName;
        erased = meters.counter("collect.comparisons.erased");
    }

    @Override
    public void process(Record<byte[], byte[]> comparison) {
        ShardStore store = context().getStateStore(storeName);
        if (comparison.value() != null) {
            store.refused(comparison.key()).ifPresent(key -> {
                context().forward(new Record<>(key, null, comparison.timestamp()));
                erased.increment();
            });
        }
    }
}
