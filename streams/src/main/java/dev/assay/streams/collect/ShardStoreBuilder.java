package dev.assay.streams.collect;

import dev.assay.schemas.WireFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes one {@link ShardStore} per partition, without a changelog of its own: the topic of comparisons is it.
 *
 * @param name of the store in the topology
 * @param shape of the deployment's comparisons
 * @param wire of the topic of comparisons
 * @param meters counts what could not be taken over
 */
public record ShardStoreBuilder(String name, ShardShape shape, WireFormat wire, MeterRegistry meters)
        implements StoreBuilder<ShardStore> {
    @Override
    public ShardStore build() {
        return new ShardStore(name, shape, wire, meters);
    }

    @Override
    public StoreBuilder<ShardStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<ShardStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<ShardStore> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("the topic of comparisons is the store's only log");
    }

    @Override
    public StoreBuilder<ShardStore> withLoggingDisabled() {
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return false;
    }
}
