package dev.assay.streams.wire;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Codec}'s encoder as Kafka's sinks want it; null, a tombstone, stays null.
 *
 * @param codec encodes
 * @param <T> the plain value
 */
public record CodecSerializer<T>(Codec<T> codec) implements Serializer<T> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : codec.encode(value);
    }
}
