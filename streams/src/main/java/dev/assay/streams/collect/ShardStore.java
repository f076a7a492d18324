package dev.assay.streams.collect;

import dev.assay.estimator.descent.ComparisonBlock;
import dev.assay.estimator.descent.FloatComparisonStore;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.Comparison;
import dev.assay.streams.adapt.ComparisonCodec;
import dev.assay.streams.adapt.ComparisonKey;
import dev.assay.streams.adapt.ComparisonKeyCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons of one partition, in columns: a pure index of the compacted topic. Applying a record twice leaves the
 * same rows, so at-least-once delivery is enough. A comparison of another feature space or context spec stays on the
 * topic and out of the sums.
 */
public final class ShardStore implements StateStore {
    /** No object per judgment: 128 bits of a cryptographic hash stand for a key, and ids chosen to collide cannot be found. */
    private record Hash(long high, long low) {
        static Hash of(byte[] bytes) {
            try {
                ByteBuffer digest =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
                return new Hash(digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    private final String name;
    private final String featureSpace;
    private final String contextSpec;
    private final int rationalityDimension;
    private final MeterRegistry meters;
    private final FloatComparisonStore columns;
    private final Map<Hash, Integer> annotators = new HashMap<>();
    private final ComparisonKeyCodec keys = new ComparisonKeyCodec();
    private final ComparisonCodec comparisons = new ComparisonCodec();
    private boolean open;

    ShardStore(String name, ShardShape shape, MeterRegistry meters) {
        this.name = name;
        this.featureSpace = shape.featureSpace();
        this.contextSpec = shape.contextSpec();
        this.rationalityDimension = shape.rationalityDimension();
        this.meters = meters;
        columns = new FloatComparisonStore(shape.rewardDimension(), shape.rationalityDimension());
    }

    /** @return the columns, for passes over them */
    public FloatComparisonStore columns() {
        return columns;
    }

    /**
     * Takes over one record of the topic of comparisons.
     *
     * @param key a {@link ComparisonKey}, encoded
     * @param value a {@link Comparison}, encoded; null takes the comparison out
     */
    public void apply(byte[] key, byte @Nullable [] value) {
        Hash slot = Hash.of(key);
        if (value == null) {
            columns.remove(slot.high(), slot.low());
            return;
        }
        try {
            Comparison comparison = comparisons.decode(value);
            int annotator = annotatorOf(keys.decode(key));
            if (fits(comparison)) {
                put(slot, annotator, comparison);
            } else {
                columns.remove(slot.high(), slot.low());
                meters.counter("collect.comparisons.foreign").increment();
            }
        } catch (UndecodableException e) {
            // Only admit writes here, after checking; a stranger's bytes must not stop the shard.
            meters.counter("collect.comparisons.undecodable").increment();
        }
    }

    private boolean fits(Comparison comparison) {
        return comparison.featureSpace().equals(featureSpace)
                && comparison.contextSpec().equals(contextSpec)
                && comparison.responses().size() == 2
                && comparison.context().length == rationalityDimension
                && comparison.responses().stream()
                        .allMatch(response -> response.features().length == columns.rewardDimension());
    }

    private void put(Hash slot, int annotator, Comparison comparison) {
        columns.upsert(
                slot.high(),
                slot.low(),
                annotator,
                comparison.offset(),
                (float) comparison.weight(),
                comparison.preference(),
                comparison.context(),
                comparison.difference());
    }

    private int annotatorOf(ComparisonKey key) {
        String annotatorId = key.annotatorId();
        if (annotatorId == null) {
            return ComparisonBlock.OWN_CLUSTER;
        }
        return annotators.computeIfAbsent(
                Hash.of(annotatorId.getBytes(StandardCharsets.UTF_8)), unseen -> annotators.size());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, this::apply);
        open = true;
    }

    @Override
    public void close() {
        columns.clear();
        annotators.clear();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
