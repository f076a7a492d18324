package dev.assay.streams.collect;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The keys by a consumer of its own, in a thread of its own: a large partition takes minutes, and the shard goes on. */
public final class TopicKeyLog implements KeyLog {
    private static final int FETCH_BYTES = 4 << 20;
    private static final int POLL_RECORDS = 5_000;

    private final Consumers consumers;
    private final String topic;

    /** Makes the consumer of one reading. */
    interface Consumers {
        Consumer<byte[], byte[]> make();
    }

    /**
     * @param kafka client settings, with the broker's address
     * @param topic of comparisons
     */
    public TopicKeyLog(Map<String, String> kafka, String topic) {
        this(
                () -> new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic);
    }

    TopicKeyLog(Consumers consumers, String topic) {
        this.consumers = consumers;
        this.topic = topic;
    }

    private static Map<String, Object> settings(Map<String, String> kafka) {
        Map<String, Object> settings = TopicTail.settings(kafka);
        // All of a partition is read: few large answers are much faster than many small ones.
        settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        return settings;
    }

    @Override
    public Search search(int partition, Map<String, Long> ends) {
        Reading reading = new Reading(new TopicPartition(topic, partition), Map.copyOf(ends));
        Thread thread = new Thread(reading, "erase-" + partition);
        thread.setDaemon(true);
        // Of whatever it dies, the shard hears of it and begins again; an OutOfMemoryError is no exception.
        thread.setUncaughtExceptionHandler((dead, failure) -> reading.found.completeExceptionally(failure));
        thread.start();
        return reading;
    }

    private final class Reading implements Search, Runnable {
        private final TopicPartition partition;
        private final Map<String, Long> ends;
        private final Codec<ComparisonKey> codec = Codec.COMPARISON_KEYS;
        private final Set<ComparisonKey> standing = new LinkedHashSet<>();
        private final CompletableFuture<List<ComparisonKey>> found = new CompletableFuture<>();
        private volatile boolean closed;

        Reading(TopicPartition partition, Map<String, Long> ends) {
            this.partition = partition;
            this.ends = ends;
        }

        @Override
        public void run() {
            try (TopicTail tail = new TopicTail(consumers.make(), List.of(partition), () -> closed)) {
                tail.readTo(Map.of(partition, Collections.max(ends.values())), this::note);
            }
            found.complete(List.copyOf(standing)); // of a search that was closed nobody asks
        }

        private void note(ConsumerRecord<byte[], byte[]> comparison) {
            try {
                ComparisonKey key = codec.decode(comparison.key());
                Long end = key.getAnnotatorId() == null ? null : ends.get(key.getAnnotatorId());
                if (end == null) {
                    return;
                }
                if (comparison.value() == null) {
                    standing.remove(key);
                } else if (comparison.offset() < end) {
                    standing.add(key);
                }
            } catch (UndecodableException e) {
                // A stranger's key names nobody.
            }
        }

        @Override
        public Optional<List<ComparisonKey>> keys() {
            try {
                return Optional.ofNullable(found.getNow(null));
            } catch (CompletionException e) {
                throw new IllegalStateException("reading " + partition + " again failed", e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
