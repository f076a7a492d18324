package dev.assay.streams;

import dev.assay.streams.watch.Leftovers;
import dev.assay.streams.watch.ReadAgain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka Streams' own clients, but transactions bear the identity of the {@link ProcessSlot}. A topology that keeps nothing on
 * disk gets a new one at every start from Streams, and what a killed process had begun is open until it times out: for 10 to
 * 20 s nobody reads on. By the same name the successor ends it when it starts. Producers close within a deadline and
 * go on only where nothing is left open, and consumers read again what they are asked to, and comparisons before judgments.
 */
final class NamedTransactions extends DefaultKafkaClientSupplier {
    private final String name;
    private final ReadAgain again;
    private final Supplier<Backpressure> pressures;
    private final Leftovers leftovers;

    /**
     * @param name unique among all living processes
     * @param again what consumers are to read again
     * @param pressures what each consumer is not to bring for now
     * @param leftovers of transactions, which are ended before others begin
     */
    NamedTransactions(String name, ReadAgain again, Supplier<Backpressure> pressures, Leftovers leftovers) {
        this.name = name;
        this.again = again;
        this.pressures = pressures;
        this.leftovers = leftovers;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            private final ReadAgain.Reader back = again.new Reader();
            private final Backpressure pressure = pressures.get();

            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                back.carryOut(this);
                pressure.hold(this);
                try {
                    return super.poll(timeout);
                } finally {
                    pressure.letGo(this);
                }
            }
        };
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> named = named(config);
        return named.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)
                ? new CleanProducer(named, BoundedProducer.CLOSE_WITHIN, leftovers, again)
                : new BoundedProducer(named, BoundedProducer.CLOSE_WITHIN);
    }

    Map<String, Object> named(Map<String, Object> config) {
        Map<String, Object> renamed = new HashMap<>(config);
        // Streams' own ends with the number of the thread, which must stay.
        renamed.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (setting, given) -> {
            String streams = given.toString();
            return name + streams.substring(streams.lastIndexOf('-'));
        });
        return renamed;
    }
}
