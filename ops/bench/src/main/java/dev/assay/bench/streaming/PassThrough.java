package dev.assay.bench.streaming;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The peer: a plain stateful topology. Each record is put into an in-memory store with a changelog, under a key of its own,
 * and forwarded. All settings are those Streams comes with, but for threads and guarantee.
 */
final class PassThrough implements AutoCloseable {
    private static final String STORE = "seen";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final AtomicLong processed = new AtomicLong();
    private final KafkaStreams streams;

    /**
     * @param name of the application
     * @param guarantee as Streams calls it
     * @param stateFolder for its directory
     */
    PassThrough(Cluster cluster, String name, String guarantee, int threads, String from, String to, Path stateFolder) {
        Properties settings = new Properties();
        settings.putAll(cluster.settings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        streams = new KafkaStreams(topology(from, to), settings);
        streams.start();
    }

    private Topology topology(String from, String to) {
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from);
        topology.addProcessor("put", () -> new Put(processed), "in");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of()),
                "put");
        topology.addSink("out", to, new ByteArraySerializer(), new ByteArraySerializer(), "put");
        return topology;
    }

    long processed() {
        return processed.get();
    }

    /** @return judgments a second from the first record to the last one on the output */
    static double rate(
            Cluster cluster, String name, String guarantee, int threads, String from, String to, long records)
            throws Exception {
        try (LogEnds ends = new LogEnds(cluster);
                PassThrough peer = new PassThrough(
                        cluster,
                        name,
                        guarantee,
                        threads,
                        from,
                        to,
                        cluster.work().resolve(name))) {
            long begin = Waiting.until("the peer has begun", () -> peer.processed() > 0);
            long end = Waiting.until(
                    "the peer has passed all on",
                    () -> peer.processed() >= records && ends.sum(List.of(to)) >= records);
            return records / ((end - begin) / 1e9);
        }
    }

    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
    }

    private static final class Put extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final AtomicLong processed;

        Put(AtomicLong processed) {
            this.processed = processed;
        }

        @Override
        public void process(Record<byte[], byte[]> received) {
            KeyValueStore<byte[], byte[]> store = context().getStateStore(STORE);
            long offset = context().recordMetadata().orElseThrow().offset();
            byte[] key = ByteBuffer.allocate(received.key().length + Long.BYTES)
                    .put(received.key())
                    .putLong(offset)
                    .array();
            store.put(key, received.value());
            context().forward(received);
            processed.incrementAndGet();
        }
    }
}
